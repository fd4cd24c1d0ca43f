origin  = "https://chat.example"
origins = ["https://old.example"]

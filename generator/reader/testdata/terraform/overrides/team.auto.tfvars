origins = ["https://beta.chat.example"]

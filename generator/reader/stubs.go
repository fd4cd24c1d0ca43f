package reader

func (r *reading) openAPI(d *document)             {}
func (r *reading) serverless(d *document)          {}
func (r *reading) template(d *document, kind Kind) {}

package reader

func (r *reading) serverless(d *document) {}

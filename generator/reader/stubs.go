package reader

func (r *reading) serverless(d *document) {}
func (t *template) sam(root *node)        { t.readAPIs() }

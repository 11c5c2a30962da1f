"""Forms: made of the mutations' own inputs, so that what a page can send is what the API takes."""

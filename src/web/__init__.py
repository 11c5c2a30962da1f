"""Pages for people: each is a GraphQL document and a template, answered as whoever is signed in."""

"use strict";

const WELCOME = `# Golden Thread. Every query needs a bearer token:
# open "Headers" below, and put it there as
#   { "Authorization": "Bearer …" }
# then fetch the schema with the round arrow on the left.

{
  __typename
}
`;

// Nothing outlives the page: GraphiQL would keep the headers of its history, and with them the token, in the browser's
// storage. What an earlier version has left there is removed.
const kept = new Map();
const IN_MEMORY = {
  getItem: (name) => kept.get(name) ?? null,
  setItem: (name, value) => void kept.set(name, value),
  removeItem: (name) => void kept.delete(name),
  clear: () => kept.clear(),
  get length() {
    return kept.size;
  },
};
try {
  for (const name of Object.keys(window.localStorage)) {
    if (name.startsWith("graphiql:")) window.localStorage.removeItem(name);
  }
} catch {
  // A browser that keeps nothing has nothing to remove.
}

const answer = GraphiQL.createFetcher({ url: "/graphql" });

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: answer,
    storage: IN_MEMORY,
    defaultQuery: WELCOME,
    defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
);

"use strict";

const WELCOME = `# Golden Thread. Every query needs a bearer token:
# open "Headers" below, and put it there as
#   { "Authorization": "Bearer …" }
# then fetch the schema with the round arrow on the left.

{
  __typename
}
`;

const answer = GraphiQL.createFetcher({ url: "/graphql" });

ReactDOM.createRoot(document.getElementById("graphiql")).render(
  React.createElement(GraphiQL, {
    fetcher: answer,
    defaultQuery: WELCOME,
    defaultHeaders: '{\n  "Authorization": "Bearer "\n}',
    defaultEditorToolsVisibility: "headers",
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
);

/* In the place of the ways to the server that are never gone: Joust speaks over websockets alone. */
const none = () => {
  throw new Error('Joust speaks over websockets alone');
};
export { none as Fetch, none as XHR, none as WT };

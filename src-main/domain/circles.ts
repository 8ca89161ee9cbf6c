/**
 * Which circle each node of a graph is in (strongly connected parts, by Kosaraju's two walks): nodes with the same number
 * can reach one another. A node in no circle has a number of its own. Takes time in proportion to nodes and edges, and no
 * stack: a chain may be as long as the queue. Edges to nodes that are not in `nodes` are ignored.
 */
export const circlesOf = (nodes: readonly number[], edgesOf: (node: number) => readonly number[]): ReadonlyMap<number, number> => {
  const known = new Set(nodes);
  const reversed = new Map<number, number[]>(nodes.map((node) => [node, []]));
  const forward = new Map(nodes.map((node) => [node, edgesOf(node).filter((other) => known.has(other))]));
  for (const [node, others] of forward) for (const other of others) reversed.get(other)?.push(node);

  const finished: number[] = [];
  walk(nodes, forward, () => {}, (node) => finished.push(node));
  const circle = new Map<number, number>();
  let last = 0;
  walk(finished.toReversed(), reversed, (node, isRoot) => circle.set(node, isRoot ? (last += 1) : last), () => {});
  return circle;
};

/** Walks depth first over everything that can be reached from the roots, each node once. */
const walk = (
  roots: readonly number[],
  edges: ReadonlyMap<number, readonly number[]>,
  enter: (node: number, isRoot: boolean) => void,
  leave: (node: number) => void,
): void => {
  const seen = new Set<number>();
  for (const root of roots) {
    if (seen.has(root)) continue;
    seen.add(root);
    enter(root, true);
    const path = [{ node: root, next: 0 }];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const other = edges.get(top.node)?.[top.next];
      top.next += 1;
      if (other === undefined) {
        leave(top.node);
        path.pop();
      } else if (!seen.has(other)) {
        seen.add(other);
        enter(other, false);
        path.push({ node: other, next: 0 });
      }
    }
  }
};

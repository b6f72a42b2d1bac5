/** What is made of a namespace when it is first asked for, and kept: most questions are about a few of many namespaces. */
export function perNamespace<Item>(make: (namespace: string) => Item): (namespace?: string) => Item {
	const made = new Map<string, {readonly item: Item}>();
	return (namespace = '') => {
		const known = made.get(namespace) ?? {item: make(namespace)};
		made.set(namespace, known);
		return known.item;
	};
}

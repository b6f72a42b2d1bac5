/** A field's path without its list selectors and quotes: `spec.ports[http].targetPort`, `spec.ports.0.targetPort` and `/spec/ports/0/targetPort` are one. */
export const plainPath = (path: string): string =>
	(path.startsWith('/') ? path.split('/').slice(1).map(unescaped).join('.') : path)
		.replaceAll('"', '')
		.replace(/\[[^\]]*\]|\.\d+(?=\.|$)/g, '')
		.replace(/^[.$]+|\.+$/g, '');

const unescaped = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~');

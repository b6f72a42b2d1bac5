import {celList, containersWhere, type PodRule} from '../pod-rule.ts';
import {pod, podOf, podSilentOn, podWith, podWithout} from './example-pods.ts';

const secretName = '(^|_)(password|passwd|secret|token|api_?key|access_?key|private_?key)$';

/** What goes beyond the Pod Security Standards. */
export const practiceRules: readonly PodRule[] = [
	{
		id: 'read-only-root',
		set: 'practice',
		title: 'Containers cannot write to their own files',
		why: 'Whoever breaks in finds no place for tools, and changes no program',
		offenders: containersWhere('!variables.windows && !c.?securityContext.?readOnlyRootFilesystem.orValue(false)'),
		pass: [pod()],
		fail: [podSilentOn('readOnlyRootFilesystem'), podOf({readOnlyRootFilesystem: false})],
	},
	{
		id: 'image-tag',
		set: 'practice',
		title: 'Images have a tag other than latest, or a digest',
		why: 'What latest is changes under running pods, and nobody knows which one ran',
		// No tag behind the last slash, or latest: a colon before is that of a port.
		offenders: containersWhere("c.?image.orValue('').matches('^([^/]*/)*[^/:@]+(:latest)?$')"),
		pass: [pod(), podWith({image: 'registry.example:5000/shop/app:1.4.2'})],
		fail: [
			podWith({image: 'registry.example/shop/app:latest'}),
			podWith({image: 'registry.example:5000/shop/app'}),
			podWith({image: 'app'}),
		],
	},
	{
		id: 'memory-limit',
		set: 'practice',
		title: 'Containers have a limit of memory',
		why: 'One that leaks takes the node down with all of its pods',
		// Ephemeral containers may have no resources.
		offenders:
			'(variables.spec.containers + variables.spec.?initContainers.orValue([])).filter(c, !c.?resources.?limits.?memory.hasValue()).map(c, c.name)',
		pass: [pod()],
		fail: [podWith({resources: {requests: {memory: '64Mi'}}}), podWith({resources: {}})],
	},
	{
		id: 'default-token',
		set: 'practice',
		title: 'Pods of the ServiceAccount default mount no token of it',
		why: 'Rights given to default are given to whatever runs in the namespace',
		offenders:
			"variables.spec.?serviceAccountName.orValue('default') == 'default' && variables.spec.?automountServiceAccountToken.orValue(true) ? ['the pod'] : []",
		pass: [pod(), podWithout('serviceAccountName'), podWithout('automountServiceAccountToken')],
		fail: [podWithout('serviceAccountName', 'automountServiceAccountToken')],
	},
	{
		id: 'secret-in-variable',
		set: 'practice',
		title: 'Variables hold no password or key in plain text',
		why: 'Whoever may read the pod reads it, and so does every copy of its manifest',
		offenders: containersWhere(
			`c.?env.orValue([]).exists(e, e.name.lowerAscii().matches('${secretName}') && !e.?value.orValue('').matches('^($|[$][(]|/)'))`,
		),
		pass: [
			pod(),
			podWith({env: [{name: 'DB_PASSWORD', valueFrom: {secretKeyRef: {name: 'db', key: 'password'}}}]}),
			podWith({env: [{name: 'DB_PASSWORD_FILE', value: '/run/secrets/db'}]}),
		],
		fail: [podWith({env: [{name: 'DB_PASSWORD', value: 'example'}]}), podWith({env: [{name: 'apiKey', value: 'example'}]})],
	},
	{
		id: 'image-digest',
		set: 'strict',
		title: 'Images are named by their digest',
		why: 'A tag may be moved to another image; a digest is that image',
		offenders: containersWhere("!c.?image.orValue('').matches('@sha256:[0-9a-f]{64}$')"),
		pass: [pod()],
		fail: [podWith({image: 'registry.example/shop/app:1.4.2'})],
	},
];

/** @param registries hosts, or paths below one, that images may come from: `registry.example/shop` */
export function registryRule(registries: readonly string[]): PodRule {
	const prefixes = registries.map(each => `${each.replace(/\/$/, '')}/`);
	const [first = ''] = prefixes;
	return {
		id: 'image-registry',
		set: 'strict',
		title: `Images come from ${registries.join(', ')}`,
		why: 'What others publish under any name is not run',
		offenders: containersWhere(`!${celList(prefixes)}.exists(r, c.?image.orValue('').startsWith(r))`),
		pass: [podWith({image: `${first}app:1.4.2`})],
		fail: [podWith({image: 'app:1.4.2'}), podWith({image: `${first.slice(0, -1)}.evil.example/app:1.4.2`})],
	};
}

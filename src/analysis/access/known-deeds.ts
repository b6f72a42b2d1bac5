import type {Deed} from './kubectl-actions.ts';
import {groupsOf, isWide} from './resource-groups.ts';

/** Programs that everybody knows, by the end of their image's name, and what none of them can do without. */
const clients: readonly {readonly image: RegExp; readonly needs: readonly string[]}[] = [
	{image: /(?:^|\/)external-dns$/, needs: ['list services']},
	{image: /(?:^|\/)(?:ingress-nginx\/controller|nginx-ingress-controller)$/, needs: ['list services', 'list secrets', 'list ingresses']},
	{image: /(?:^|\/)kube-state-metrics$/, needs: ['list pods', 'list deployments']},
	{image: /(?:^|\/)cluster-autoscaler$/, needs: ['list nodes', 'list pods']},
	{image: /(?:^|\/)(?:k8s-wait-for|wait-for)$/, needs: ['get pods']},
];

const deed = (text: string, namespace: string | undefined): readonly Deed[] => {
	const [verb = '', resource = ''] = text.split(' ');
	const [group] = groupsOf(resource);
	return group === undefined ? [] : [{action: {verb, group, resource}, namespace: isWide(resource) ? undefined : namespace}];
};

const imageName = (image: string) => image.replace(/@.*$/, '').replace(/:[^/:]*$/, '');

const flagOf = (words: readonly string[], names: readonly string[]): string | undefined => {
	for (const name of names) {
		const index = words.findIndex(word => word === `--${name}` || word.startsWith(`--${name}=`));
		const word = words[index];
		if (word !== undefined) return word.includes('=') ? word.slice(word.indexOf('=') + 1) : 'true';
	}
	return undefined;
};

/** A program that elects a leader keeps a Lease in its namespace. */
function electionDeeds(words: readonly string[], here: string): readonly Deed[] {
	const elects = flagOf(words, ['leader-elect', 'enable-leader-election', 'leader-election']);
	if (elects !== 'true' || !['leases', undefined].includes(flagOf(words, ['leader-elect-resource-lock']))) return [];
	const namespace = flagOf(words, ['leader-election-namespace', 'leader-elect-resource-namespace']);
	const place = namespace === undefined || namespace === 'true' ? here : namespace;
	return ['get leases', 'create leases', 'update leases'].flatMap(text => deed(text, place));
}

/** A sidecar that loads ConfigMaps or Secrets by their label. */
function loaderDeeds(image: string, here: string, variables: ReadonlyMap<string, string>): readonly Deed[] {
	if (!/(?:^|\/)k8s-sidecar$/.test(image)) return [];
	const [what, where] = [variables.get('RESOURCE') ?? 'configmap', variables.get('NAMESPACE') ?? here];
	const kinds = what === 'both' ? ['configmaps', 'secrets'] : [`${what}s`];
	const places = where === 'ALL' ? [undefined] : where.split(',');
	return kinds.flatMap(kind => ['list', 'watch'].flatMap(verb => places.flatMap(place => deed(`${verb} ${kind}`, place))));
}

/** What a program wants of the cluster for all that is known of it: by its image and its flags. */
export function knownDeeds(
	image: string,
	words: readonly string[],
	here: string,
	variables: ReadonlyMap<string, string>,
): {readonly election: readonly Deed[]; readonly own: readonly Deed[]} {
	const name = imageName(image);
	return {
		election: electionDeeds(words, here),
		own: [
			// One that keeps to some namespaces needs less than is known.
			...(flagOf(words, ['namespace', 'namespaces', 'watch-namespace']) === undefined ? clients : [])
				.filter(client => client.image.test(name))
				.flatMap(({needs}) => needs.flatMap(text => deed(text, undefined))),
			...loaderDeeds(name, here, variables),
		],
	};
}

import type {JsonObject} from '../../../../core/json.ts';
import type {Clause} from '../../clause.ts';

/** What a pod may be told of itself, by the words for it. Own names of the API come first: they are exact. */
const rows: readonly (readonly [path: string, words: RegExp])[] = [
	['metadata.name', /\bpod(?:'s)?(?: own)? name\b|\bname of (?:the|its|each|that|this|its own) pod\b|파드(?:의)? ?(?:자신의 |자기 )?이름/],
	[
		'metadata.namespace',
		/\b(?:pod(?:'s)?(?: own)?|its(?: own)?|own) namespace\b|\bnamespace (?:of the pod|the pod is in|it (?:runs|is) in)\b|(?:파드의?|자신의|자기) ?네임스페이스/,
	],
	['metadata.uid', /\bpod(?:'s)? uid\b|\buid of (?:the|its) pod\b|파드(?:의)? ?uid/],
	[
		'status.podIP',
		/\bpod(?:'s)?(?: own)? ip(?: address)?\b|\bip(?: address)? of (?:the|its|each) pod\b|파드(?:의)? ?(?:자신의 )?(?:ip|아이피)/,
	],
	[
		'status.hostIP',
		/\b(?:host|node)(?:'s)? ip(?: address)?\b|\bip(?: address)? of (?:the|its) (?:host|node)\b|(?:호스트|노드)(?:의)? ?(?:ip|아이피)/,
	],
	['spec.nodeName', /\bnode(?:'s)? name\b|\bname of (?:the|its) node\b|노드(?:의)? ?이름/],
	[
		'spec.serviceAccountName',
		/\bservice account(?:'s)? name\b|\bname of (?:the|its) service account\b|서비스 ?(?:어카운트|계정)(?:의)? ?이름/,
	],
];
const ownPath =
	/(?<![\w.])(?:metadata\.(?:name|namespace|uid|labels\['[^']+'\]|annotations\['[^']+'\])|status\.(?:podips?|hostips?)|spec\.(?:nodename|serviceaccountname))(?![\w])/i;
const ownResource = /(?<![\w.])(?:limits|requests)\.(?:cpu|memory|ephemeral-storage)(?![\w])/i;
const speaks = /\bfield ?ref\b|\bresource ?field ?ref\b|\bdownward(?: api)?\b|다운워드(?: ?api)?|필드 ?레퍼런스/i;
/** The value is what words for it tell: `holds the name of its node`. */
const holds = /\b(?:with|hold\w*|contain\w*|carr\w*|from|filled|set to|be|is|as|equal\w*|show\w*|get\w*)\b|담|들어|넣|으로|로|가져|받/;

/** Where a variable gets its value from, if that is what the pod knows of itself: `NODE_NAME with the name of the node`, `fieldRef status.podIP`. */
export function downwardIn({text}: Pick<Clause, 'text'>): JsonObject | undefined {
	const plain = text.toLowerCase();
	const resource = ownResource.exec(text)?.[0];
	if (resource !== undefined && (speaks.test(text) || /\bfrom\b|에서/.test(plain)))
		return {resourceFieldRef: {resource: resource.toLowerCase()}};
	const own = ownPath.exec(text)?.[0];
	if (own !== undefined) return {fieldRef: {fieldPath: apiCase(own)}};
	const told = holds.test(plain) || speaks.test(text) ? rows.find(([, words]) => words.test(plain)) : undefined;
	return told === undefined ? undefined : {fieldRef: {fieldPath: told[0]}};
}

/** `status.podip` → `status.podIP` */
const apiCase = (path: string) =>
	[...rows.map(([own]) => own), 'status.podIPs', 'status.hostIPs'].find(own => own.toLowerCase() === path.toLowerCase()) ?? path;

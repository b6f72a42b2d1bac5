import {stringify} from 'yaml';
import type {Request} from '../../../../analysis/access/access-rule.ts';
import {type Grant, grantsOf, type Holder, holderText, identityOf} from '../../../../analysis/access/grants.ts';
import {leastRules, provenLeast} from '../../../../analysis/access/least-rules.ts';
import {requestText, ruleText} from '../../../../analysis/access/rule-text.ts';
import {requestOf} from '../../../../analysis/access/used-request.ts';
import type {JsonObject} from '../../../../core/json.ts';
import {count} from '../../../../core/text/count.ts';
import {demandWords, holderIn, requestIn} from '../words.ts';
import {type Answering, type Asked, rightsOf} from './asked.ts';
import {demandUse, spanText} from './unused.ts';

/** What is needed, and where; everywhere for what is in no namespace. */
type Needed = {readonly request: Request; readonly namespace: string | undefined};

const apiVersion = 'rbac.authorization.k8s.io/v1';

/** A name that Kubernetes takes, from that of a subject. */
const roleName = ({name}: Holder) =>
	`${name
		.toLowerCase()
		.replace(/[^a-z0-9]+/g, '-')
		.replace(/^-+|-+$/g, '')
		.slice(0, 56)}-least`;

async function neededOf(asked: Asked, holder: Holder): Promise<{readonly needed: readonly Needed[]; readonly basis: string}> {
	const {allow, cluster, namespace} = asked;
	// What an account needs is mostly beside it.
	const home = namespace ?? holder.namespace ?? cluster.namespace;
	if (allow.length > 0) {
		const requests = await Promise.all(allow.map(text => requestIn(text.trim().split(/\s+/), cluster)));
		const needed = requests.map(({request, isNamespaced}) => ({
			request,
			namespace: isNamespaced ? home : undefined,
		}));
		return {needed, basis: `${count(allow.length, 'request')} that you named`};
	}
	const log = await demandUse(asked);
	const {user} = identityOf(holder);
	const own = log.requests.filter(each => (holder.kind === 'Group' ? each.groups.includes(holder.name) : each.user === user));
	const needed = own
		.filter(each => namespace === undefined || each.namespace === undefined || each.namespace === namespace)
		.map(each => ({request: requestOf(each), namespace: each.namespace}));
	return {needed, basis: `${count(own.length, 'request')} of ${spanText(log)}`};
}

/** A role and its binding for one place. */
function objectsFor(holder: Holder, namespace: string | undefined, rules: readonly JsonObject[]): readonly JsonObject[] {
	const kind = namespace === undefined ? 'ClusterRole' : 'Role';
	const metadata = {name: roleName(holder), ...(namespace === undefined ? {} : {namespace})};
	const group = 'rbac.authorization.k8s.io';
	const subject = {
		kind: holder.kind,
		name: holder.name,
		...(holder.kind === 'ServiceAccount' ? {namespace: holder.namespace ?? ''} : {apiGroup: group}),
	};
	return [
		{apiVersion, kind, metadata, rules: [...rules]},
		{apiVersion, kind: `${kind}Binding`, metadata, roleRef: {apiGroup: group, kind, name: metadata.name}, subjects: [subject]},
	];
}

const inPlace = (request: Request, namespace: string | undefined) =>
	`${requestText(request)}${namespace === undefined ? '' : ` in ${namespace}`}`;

/** The least role for what somebody needs or used, with the proof that it is that: nothing missing, nothing beyond. */
export const role: Answering = async asked => {
	demandWords(asked.about, 1, 'Name who gets it: mkcoa security access role sa/shop/app --allow "get pods"');
	const [word = ''] = asked.about;
	const {cluster, namespace, byName, allow} = asked;
	// Only to tell what a name alone means; whoever may read no binding still gets a role.
	const grants: readonly Grant[] = allow.length > 0 ? [] : grantsOf((await rightsOf(asked)).objects);
	const holder = holderIn(word, grants, namespace ?? cluster.namespace);
	const {needed, basis} = await neededOf(asked, holder);
	const places = [...Map.groupBy(needed, each => each.namespace)].map(([place, list]) => {
		const requests = list.map(({request}) => request);
		const rules = leastRules(requests, byName);
		return {place, rules, ...provenLeast(rules, requests)};
	});
	const manifest = places
		.flatMap(({place, rules}) => objectsFor(holder, place, rules))
		.map(object => stringify(object))
		.join('---\n');
	return {
		answer: `${needed.length === 0 ? 'No right is needed' : `The least role of ${holderText(holder)}`} by ${basis}`,
		...(needed.length === 0
			? {}
			: {
					role: {
						manifest,
						rules: places.flatMap(({place, rules}) => rules.map(rule => `${ruleText(rule)}${place === undefined ? '' : ` in ${place}`}`)),
						refused: places.flatMap(({place, refused}) => refused.map(each => inPlace(each, place))),
						beyond: places.flatMap(({place, beyond}) => beyond.map(each => inPlace(each, place))),
						plan: {tool: 'resource_apply', input: {manifest}},
					},
				}),
		notes: [
			...(byName ? [] : ['Names of objects are left out, so that others of their kind are allowed too: keep to them with --by-name']),
			'Save the manifest, and plan it with: mkcoa k8s apply -f FILE',
		],
	};
};

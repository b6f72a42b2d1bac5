import {
	type Grant,
	grantsFor,
	grantsReaching,
	type Holder,
	holderText,
	type Identity,
	identityOf,
} from '../../../../analysis/access/grants.ts';
import {requestText, ruleText} from '../../../../analysis/access/rule-text.ts';
import {allowedBy, allowingGrants, masters} from '../../../../analysis/access/who-may.ts';
import {MkcoaError} from '../../../../core/error.ts';
import type {Json} from '../../../../core/json.ts';
import {listAt, valueAt} from '../../../../core/kube/json-at.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import {count} from '../../../../core/text/count.ts';
import type {Told} from '../access-output.ts';
import {holderIn, requestIn} from '../words.ts';
import {type Answering, type Asked, grantParts, otherAuthorizers, placeText, rightsOf, toldRules} from './asked.ts';

/** What somebody may do, or whether they may do one thing. */
export const what: Answering = asked => {
	const [who, ...words] = asked.about;
	if (who === undefined || who === 'me') return words.length === 0 ? ownRights(asked) : ownRight(asked, words);
	return rightsOfSubject(asked, who, words);
};

async function ownRight({cluster, namespace: place}: Asked, words: readonly string[]): Promise<Told> {
	const {request, isNamespaced} = await requestIn(words, cluster);
	if ('url' in request)
		throw new MkcoaError({
			...{kind: 'usage', code: 'own-path', what: `Nobody asks the server for ${request.url} here`},
			next: 'Ask what you may do: mkcoa security access what',
		});
	const [resource = '', subresource] = request.resource.split('/');
	const namespace = isNamespaced ? (place ?? cluster.namespace) : undefined;
	const {verb, group, name} = request;
	const [reply] = await cluster.canI([{verb, group, resource, subresource, name, ...(namespace === undefined ? {} : {namespace})}]);
	const isAllowed = reply?.allowed === true;
	const reason = reply?.reason === undefined || reply.reason === '' ? '' : `: ${reply.reason}`;
	return {
		answer: `${isAllowed ? 'Yes: you may' : 'No: you may not'} ${requestText(request)}${isNamespaced ? ` in namespace ${namespace}` : ''}${reason}`,
		verdict: isAllowed ? 'yes' : 'no',
	};
}

/** The server's own list: nobody needs a right to ask it for themselves. */
async function ownRights({cluster, namespace: place, limit}: Asked): Promise<Told> {
	const namespace = place ?? cluster.namespace;
	const status = valueAt(await cluster.rules(namespace), 'status');
	const rules: readonly Json[] = [...listAt(status, 'resourceRules'), ...listAt(status, 'nonResourceRules')];
	const isWhole = valueAt(status, 'incomplete') !== true;
	return {
		answer: `You have ${count(rules.length, 'rule')} in namespace ${namespace}, as the server tells`,
		grants: rules.slice(0, limit).map(rule => ({holder: 'you', role: '', binding: '', namespace, rules: [ruleText(rule)]})),
		leftOut: Math.max(0, rules.length - limit),
		notChecked: isWhole
			? []
			: [{what: 'rules of some authorizers', why: 'the server says that its list is not complete: ask about one verb and resource'}],
	};
}

/** Of a group the grants that name it: its members have at least these. */
const reaching = (holder: Holder, identity: Identity | undefined, grants: readonly Grant[]) =>
	identity === undefined ? grantsFor(holder, grants) : grantsReaching(identity, grants);

async function rightsOfSubject(asked: Asked, word: string, words: readonly string[]): Promise<Told> {
	const {cluster, namespace: place, groups, limit} = asked;
	const rights = await rightsOf(asked);
	const holder = holderIn(word, rights.grants, place ?? cluster.namespace);
	const identity = holder.kind === 'Group' ? undefined : identityOf(holder, groups);
	const own = reaching(holder, identity, rights.grants);
	const notChecked = [...rights.notChecked, otherAuthorizers];
	if (rights.grants.length === 0 && rights.notChecked.length > 0) throw cannotSee(holder);
	const isMaster = holder.name === masters || groups.includes(masters);
	const notes = [
		...(isMaster ? [`Members of ${masters} may do everything, whatever bindings say`] : []),
		...(holder.kind === 'User' && groups.length === 0 ? ['Its groups only the sign-in knows: name them with --groups'] : []),
	];
	if (words.length > 0) return {...(await oneRight(asked, holder, identity, own, words)), notes, notChecked};
	const here = own.filter(({namespace}) => place === undefined || namespace === undefined || namespace === place);
	return {
		answer: `${here.length === 0 ? `No binding reaches ${holderText(holder)}` : `${holderText(holder)} has ${count(here.length, 'grant')}`}${place === undefined ? '' : ` in namespace ${place}`}`,
		grants: here.slice(0, limit).map(grant => ({holder: holderText(grant.holder), ...grantParts(grant), rules: toldRules(grant.rules)})),
		...{leftOut: Math.max(0, here.length - limit), notes, notChecked},
	};
}

async function oneRight(
	{cluster, namespace: place}: Asked,
	holder: Holder,
	identity: Identity | undefined,
	own: readonly Grant[],
	words: readonly string[],
): Promise<Told> {
	const {request, isNamespaced} = await requestIn(words, cluster);
	const namespace = isNamespaced ? (place ?? holder.namespace ?? cluster.namespace) : undefined;
	const text = `${requestText(request)}${isNamespaced ? ` ${placeText(namespace)}` : ''}`;
	const who = holderText(holder);
	const by = allowedBy(request, namespace, identity ?? {user: '', groups: [holder.name]}, own);
	if (by !== undefined) {
		const via = by === masters ? `it is in ${masters}` : `${refText(by.role)} by ${refText(by.binding)}`;
		return {answer: `Yes: ${who} may ${text}: ${via}`, verdict: 'yes'};
	}
	const names = [...new Set(allowingGrants(request, namespace, own).flatMap(each => each.names))];
	if (names.length > 0) return {answer: `Only ${names.join(', ')}: ${who} may ${text} by name alone`, verdict: 'some'};
	return {answer: `No: no grant lets ${who} ${text}`, verdict: 'no'};
}

const cannotSee = (holder: Holder) =>
	new MkcoaError({
		...{kind: 'auth', code: 'not-allowed', what: `What ${holderText(holder)} may do cannot be told: you may read no binding at all`},
		next: 'Ask what you may do yourself: mkcoa security access what; for others you need to list roles and bindings',
	});

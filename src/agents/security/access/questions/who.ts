import {type Grant, holderText, isSystemHolder} from '../../../../analysis/access/grants.ts';
import {requestText} from '../../../../analysis/access/rule-text.ts';
import {allowingGrants, masters} from '../../../../analysis/access/who-may.ts';
import {count} from '../../../../core/text/count.ts';
import {requestIn} from '../words.ts';
import {type Answering, grantParts, otherAuthorizers, rightsOf} from './asked.ts';

/** Kubernetes' own accounts and groups; everybody at once is nobody of its own. */
export const isOwn = ({holder}: Pick<Grant, 'holder'>) =>
	isSystemHolder(holder) && !/^system:(?:authenticated|unauthenticated|anonymous|serviceaccounts(?::.*)?)$/.test(holder.name);

/** Everybody who may do something, with the grant that says so. */
export const who: Answering = async asked => {
	const {about, cluster, namespace: place, system, limit} = asked;
	const [{request, isNamespaced}, rights] = await Promise.all([requestIn(about, cluster), rightsOf(asked)]);
	const namespace = isNamespaced ? place : undefined;
	const found = allowingGrants(request, namespace, rights.grants, isNamespaced && namespace === undefined);
	const shown = found.filter(({grant}) => system || !isOwn(grant));
	const own = found.length - shown.length;
	const holders = new Set(shown.map(({grant}) => holderText(grant.holder))).size;
	const where = !isNamespaced ? '' : namespace === undefined ? ' in some namespace' : ` in namespace ${namespace}`;
	return {
		answer: `${holders === 0 ? 'Nobody' : count(holders, 'subject')} may ${requestText(request)}${where}${own === 0 ? '' : `, beside ${count(own, 'grant')} of Kubernetes itself`}`,
		grants: shown.slice(0, limit).map(({grant, names}) => ({
			...{holder: holderText(grant.holder), ...grantParts(grant)},
			...(names.length === 0 ? {} : {names: [...names]}),
		})),
		leftOut: Math.max(0, shown.length - limit),
		notes: [
			`Members of ${masters} may do everything, and no binding says so`,
			...(shown.some(({grant}) => grant.holder.kind === 'Group') ? ['Who is in a group only the sign-in knows'] : []),
		],
		notChecked: [...rights.notChecked, otherAuthorizers],
	};
};

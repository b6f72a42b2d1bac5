import {type Grant, holderText} from '../../../../analysis/access/grants.ts';
import {requestText} from '../../../../analysis/access/rule-text.ts';
import {unusedGrants} from '../../../../analysis/access/unused-grants.ts';
import {MkcoaError} from '../../../../core/error.ts';
import {count} from '../../../../core/text/count.ts';
import type {UsedLog} from '../used-requests.ts';
import {holderIn} from '../words.ts';
import {type Answering, type Asked, grantParts, rightsOf} from './asked.ts';
import {isOwn} from './who.ts';

/** @throws MkcoaError `no-audit-log` */
export async function demandUse({usedRequests, signal}: Pick<Asked, 'usedRequests' | 'signal'>): Promise<UsedLog> {
	const log = await usedRequests(signal);
	if (log !== undefined) return log;
	throw new MkcoaError({
		...{kind: 'usage', code: 'no-audit-log', what: 'Nothing tells what was used: no audit log was named'},
		next: 'Name the audit log of the API server, or say what is needed: mkcoa security access role SUBJECT --allow "get pods"',
	});
}

/** Over which time a log tells; what is used once a quarter is in none of a day. */
export const spanText = ({from, to, source}: UsedLog) =>
	from === undefined ? `${source}, which is empty` : `${source}, from ${from} to ${to ?? from}`;

const mostParts = 20;

/** Grants of which an audit log shows no use. */
export const unused: Answering = async asked => {
	const {about, cluster, namespace, system, limit} = asked;
	const [log, rights] = await Promise.all([demandUse(asked), rightsOf(asked)]);
	const [word] = about;
	const only = word === undefined ? undefined : holderText(holderIn(word, rights.grants, namespace ?? cluster.namespace));
	const isWanted = (grant: Grant) =>
		(only === undefined ? system || !isOwn(grant) : holderText(grant.holder) === only) &&
		(namespace === undefined || grant.namespace === namespace);
	const wanted = rights.grants.filter(isWanted);
	const found = unusedGrants(wanted, log.requests).toSorted((a, b) => Number(b.isWhole) - Number(a.isWhole));
	const whole = found.filter(({isWhole}) => isWhole).length;
	return {
		answer: `Of ${count(wanted.length, 'grant')}, ${whole} were not used at all and ${found.length - whole} in part, by ${spanText(log)}`,
		grants: found.slice(0, limit).map(({grant, unused: parts, isWhole}) => ({
			...{holder: holderText(grant.holder), ...grantParts(grant)},
			unused: isWhole
				? ['everything']
				: [...parts.slice(0, mostParts).map(requestText), ...(parts.length > mostParts ? [`and ${parts.length - mostParts} more`] : [])],
		})),
		leftOut: Math.max(0, found.length - limit),
		notes: ['What a log does not show may still be needed: once a month, at a restart, in an emergency'],
		notChecked: rights.notChecked,
	};
};

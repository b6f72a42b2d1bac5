import {type ConditionRole, roleOf} from './condition-roles.ts';
import {type Finding, gravest, type HealthStatus} from './health.ts';
import type {Condition, Part} from './read-conditions.ts';

/** Words for a condition that is not true yet, and may become so by itself. */
const onTheWay =
	/progress|creating|being |pending|wait|^init|initiali[sz]|updating|provisioning|deploying|starting|notyet|notcomplete|notassigned|minimum availability|schedul|install|notall(?!owed)|reconciling|processing|queued|rolling|terminating|deleting|stopping|(set|deployment|pods?|containers?|replicas|resources)notready|running|unavailable|no ?(endpoints|addresses)|missingendpoints/i;
const failing = /fail|error|invalid|exceeded|timeout|timedout|timed out|denied|refused|withretry|stalled|abort/i;
/** A reason that is itself the name of a failure, such as `ValidationFailed`. */
const failed = /^(error|fail|invalid)|(failed|error)$/i;
/** A reason that says no more than the type: what it is about stands in the message. */
const repeating = /^(not|un)(ready|available)$/i;
const pausing = /paused|suspended|^stopped$/i;

/** A decision about the object rather than a state of it: there is no way to become accepted but a change. */
const decision = /^(accepted|admitted|valid)$/i;

/** What conditions say in their own words. */
const wordsOf = ({message, reason}: Condition) => message || reason;

const found = (status: HealthStatus, condition: Condition, mild = false): Finding => ({
	status,
	message: wordsOf(condition),
	from: 'condition',
	...(mild ? {mild} : {}),
});

const isTrue = ({status}: Condition) => status === 'True';

/** What it means that a condition which ought to be true is not. One without a word tells only that it is not there yet. */
function ofMissing(condition: Condition): Finding {
	const {type, status, reason, message, severity} = condition;
	const words = repeating.test(reason) ? message : reason || message;
	if (pausing.test(reason)) return found('Suspended', condition);
	if (status === 'Unknown' && failed.test(reason)) return found('Degraded', condition);
	if (status === 'Unknown' || (severity !== '' && severity !== 'Error')) return found('Progressing', condition);
	if (words === '') return found(decision.test(type) ? 'Degraded' : 'Progressing', condition);
	if (failing.test(words) || severity === 'Error') return found('Degraded', condition);
	return onTheWay.test(words) ? found('Progressing', condition) : found('Degraded', condition, true);
}

/** Something is going on, has stopped for want of a person, or has stopped because it failed. A Deployment stays `Progressing` when all is there. */
function ofBusy(condition: Condition): Finding | undefined {
	const {status, reason, type} = condition;
	if (pausing.test(reason)) return found('Suspended', condition);
	if (isTrue(condition)) return /available|complete|succe|finished|withretry/i.test(reason) ? undefined : found('Progressing', condition);
	if (status === 'False') return failing.test(reason) ? found('Degraded', condition) : undefined;
	return /^progressing$/i.test(type) ? found('Progressing', condition) : undefined;
}

/** The name of the type decides between several, as they stand here; then the order of the list. */
const tellingFirst = ['Ready', 'Healthy', 'Available', 'Succeeded', 'Synced'];
const rank = (type: string) => (tellingFirst.includes(type) ? tellingFirst.indexOf(type) : tellingFirst.length);

/** What these conditions come to; undefined where there are none. */
export function byConditions(conditions: readonly Condition[], role: (type: string) => ConditionRole = roleOf): Finding | undefined {
	const of = (wanted: ConditionRole) =>
		conditions.filter(({type}) => role(type) === wanted).toSorted((a, b) => rank(a.type) - rank(b.type));
	const goods = [...of('main'), ...of('gate'), ...(of('main').length > 0 ? [] : of('part'))].toSorted(
		(a, b) => rank(a.type) - rank(b.type),
	);
	const missing = goods.filter(condition => !isTrue(condition));
	const isWell = goods.length > 0 && missing.length === 0;
	const findings = [
		...of('bad')
			.filter(condition => isTrue(condition) && !/available$|^success/i.test(condition.reason))
			.map(condition => found('Degraded', condition)),
		...of('paused')
			.filter(isTrue)
			.map(condition => found('Suspended', condition)),
		...(isWell ? [] : [...of('partly').filter(isTrue), ...whoFailed(conditions)].map(condition => found('Degraded', condition))),
		...of('busy').flatMap(condition => ofBusy(condition) ?? []),
		...missing.map(ofMissing),
	];
	return gravest(findings) ?? ofWell(conditions, goods, of('bad'));
}

/** Conditions that nobody knows are steps on a way: what is well says so. */
function ofWell(conditions: readonly Condition[], [good]: readonly Condition[], bads: readonly Condition[]): Finding | undefined {
	if (good !== undefined) return found('Healthy', good);
	if (bads.length > 0) return {status: 'Healthy', message: '', from: 'condition'};
	const [last] = conditions.slice(-1);
	return last === undefined ? undefined : {...found('Progressing', last), mild: true};
}

/** While the main condition is missing, another one may know why. */
const whoFailed = (conditions: readonly Condition[]) =>
	conditions.filter(({status, reason}) => status === 'False' && failed.test(reason)).slice(0, 1);

/** The same of several parts: the gravest tells. */
export const byParts = (parts: readonly Part[]): Finding | undefined =>
	gravest(
		parts.flatMap(({name, conditions}) => {
			const finding = byConditions(conditions);
			return finding === undefined ? [] : [{...finding, from: 'part' as const, part: name}];
		}),
	);

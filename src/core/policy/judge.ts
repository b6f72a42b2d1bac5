import type {Judgement} from '../road/road.ts';
import {alwaysAsks, exceeds, type Grant, grantFor} from './grants.ts';
import {defaultRules, type Policy, type PolicyRule, ruleApplies} from './policy.ts';
import {effectOf, elevationOf, isProduction, type PolicyQuestion, type Touched, touchedBy} from './policy-question.ts';

/** What policy says, and by which rule: `policy rule 2`, `grant 1f3a`, `default: …`, `always`. */
export type Verdict = Judgement & {readonly rule: string};

/** The answer for one touched object, before what overrules it. */
type Opinion = {
	readonly answer: Verdict['answer'];
	readonly rule: string;
	readonly why: string;
	readonly yes?: boolean | undefined;
	readonly client?: boolean | undefined;
	readonly maxRisk?: PolicyRule['maxRisk'];
	readonly grant?: string | undefined;
};

type Ruling = {readonly answer: Verdict['answer']; readonly yes?: boolean | undefined};

const strictness: {readonly [answer in Verdict['answer']]: number} = {allow: 0, ask: 1, deny: 2};

const isStricter = (one: Ruling, other: Ruling) =>
	strictness[one.answer] > strictness[other.answer] || (one.answer === other.answer && one.yes === false && other.yes !== false);

/** The answer that counts where several were given, at least one. */
export const strictest = <Answer extends Ruling>(answers: readonly Answer[]): Answer =>
	answers.reduce((worst, answer) => (isStricter(answer, worst) ? answer : worst));

const opinionOf = (rule: PolicyRule, name: string): Opinion => ({
	answer: rule.effect,
	rule: name,
	why: rule.why ?? `The policy says ${rule.effect}`,
	yes: rule.yes,
	client: rule.client,
	maxRisk: rule.maxRisk,
});

/** The first rule of the user that applies; a grant, which turns its `ask` into a pass and never its `deny`; the first default. */
function opinionOn(policy: Policy, grants: readonly Grant[], question: PolicyQuestion, touched: Touched): Opinion {
	const index = policy.rules.findIndex(rule => ruleApplies(rule, question, touched));
	const rule = policy.rules[index];
	const own = rule === undefined ? undefined : opinionOf(rule, `policy rule ${index + 1}`);
	if (own !== undefined && own.answer !== 'ask') return own;
	const grant = question.effect === 'read' ? undefined : grantFor(grants, question, touched);
	if (grant !== undefined) {
		return {
			answer: 'allow',
			rule: `grant ${grant.id}`,
			why: `${grant.by} granted this until ${grant.until}`,
			maxRisk: grant.maxRisk,
			grant: grant.id,
		};
	}
	if (own !== undefined) return own;
	const fallback = defaultRules.find(candidate => ruleApplies(candidate, question, touched));
	return fallback === undefined ? {answer: 'ask', rule: 'default', why: 'No rule speaks of this'} : opinionOf(fallback, 'default');
}

/** Why a pass is still asked about, and by nobody but a person. */
function overrule(question: PolicyQuestion): {readonly rule: string; readonly why: string} | undefined {
	if (question.effect === 'read') return undefined;
	if (alwaysAsks.has(question.tool)) return {rule: 'always', why: `${question.tool} asks every time`};
	const elevation = elevationOf(question);
	if (elevation.length > 0) return {rule: 'always', why: `This needs a person: ${elevation.join('; ')}`};
	if (question.tainted) return {rule: 'always', why: 'A model that has read text of others chose this: it needs a person'};
	return undefined;
}

function atMost(opinion: Opinion, {plan}: PolicyQuestion): Opinion {
	const {answer, rule} = opinion;
	// Nobody looks at what mends by itself: a high risk always wants somebody.
	const maxRisk = plan?.tool === 'auto_recovery' && opinion.maxRisk !== 'low' ? 'medium' : opinion.maxRisk;
	if (answer !== 'allow' || maxRisk === undefined || plan === undefined || !exceeds(plan.risk.level, maxRisk)) return opinion;
	return {answer: 'ask', rule, why: `Its risk is ${plan.risk.level}, and ${rule} lets pass up to ${maxRisk}`};
}

/** In production a destructive plan wants a person, unless a rule says that `--yes` will do. */
const mayYes = ({yes}: Opinion, question: PolicyQuestion) => yes ?? !(effectOf(question) === 'destructive' && isProduction(question));

/** A yes in the client that asked is one only where every rule that asks says so, and never for what always wants a review. */
const isClientEnough = (opinions: readonly Opinion[], question: PolicyQuestion) =>
	!alwaysAsks.has(question.tool) &&
	elevationOf(question).length === 0 &&
	opinions.every(({answer, client}) => answer === 'ask' && client === true);

const nextAfterDeny = ({tool, context, plan}: PolicyQuestion, {rule}: Opinion) => {
	if (rule !== 'default') return 'Ask whoever keeps the policy file';
	const namespace = plan?.target.namespace === undefined ? '' : ` -n ${plan.target.namespace}`;
	return `Allow it for a while with mkcoa grants add ${tool} --context ${context}${namespace} --for 1h, or add a rule to the policy file`;
};

/**
 * What policy says to one call. Each object that it touches is judged by itself: the first rule of the user that applies, else a grant, else the
 * first default. The strictest answer counts for the whole. Tools that always ask, rights beyond the ordinary, and calls of a model that has
 * read text of others never pass unasked and are not answered by `--yes`.
 */
export function judge(policy: Policy, grants: readonly Grant[], question: PolicyQuestion): Verdict {
	const opinions = touchedBy(question).map(touched => atMost(opinionOn(policy, grants, question, touched), question));
	const worst = strictest(opinions);
	const {answer, rule, why, grant} = worst;
	if (answer === 'deny') return {answer, rule, why, next: nextAfterDeny(question, worst), yes: false};
	const client = isClientEnough(opinions, question);
	const person = overrule(question);
	if (person !== undefined) return {answer: 'ask', ...person, yes: false, client};
	if (answer === 'allow') return {answer, rule, why, yes: true, grant};
	const yes = opinions.every(opinion => opinion.answer !== 'ask' || mayYes(opinion, question));
	return {answer, rule, why, yes, client, ...(yes ? {} : {next: 'Answer at a terminal, or with mkcoa approve: --yes does not count here'})};
}

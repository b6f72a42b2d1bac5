import {pathText} from '../diff/path-text.ts';
import type {JsonObject} from '../json.ts';
import {refText} from '../kube/kube-object.ts';
import type {AnyOutcome} from '../outcome.ts';
import type {Plan} from '../plan.ts';
import {cutToFit} from './cut-to-fit.ts';

/** Characters of JSON that a model reads of one call: about 6,000 tokens at four characters a token. */
export const modelAnswerCharacters = 24_000;

/**
 * An outcome as a model reads it: compact JSON with what it needs to go on, a plan as what it would change, and `leftOut` where something did
 * not fit. Untrusted like everything a tool returns: fence it.
 */
export function modelAnswer(outcome: AnyOutcome, characters = modelAnswerCharacters): string {
	const {value, leftOut} = cutToFit(outcomeInShort(outcome), characters);
	return JSON.stringify(leftOut.length === 0 ? value : {...Object(value), leftOut: `Not shown: ${leftOut.join('; ')}`});
}

/** What whoever called a tool needs to go on: its answer, or what became of the plan and what that means. */
export function outcomeInShort(outcome: AnyOutcome): JsonObject {
	const {kind, tool} = outcome;
	switch (outcome.kind) {
		case 'done':
			return outcome.plan === undefined
				? {kind, output: outcome.output ?? null}
				: {kind, did: outcome.plan.summary, journal: outcome.journal, output: outcome.output ?? null};
		case 'planned':
			return {kind, plan: planned(outcome.plan), means: 'Nothing was changed: only the plan was asked for'};
		case 'nothing-to-do':
			return {kind, means: `${outcome.plan.summary}: it is so already`};
		case 'rejected':
			return {kind, by: outcome.by, words: outcome.feedback, means: refusals[outcome.by], plan: planned(outcome.plan)};
		case 'waiting':
			return {
				kind,
				id: outcome.id,
				means: `Nothing was changed: a person approves it with mkcoa approve ${outcome.id}`,
				plan: planned(outcome.plan),
			};
		case 'drifted':
			return {kind, moved: outcome.moved, means: 'Nothing was changed: the world moved since the plan. Look again before you plan again'};
		case 'failed':
			return {
				kind,
				tool,
				error: {...outcome.error},
				done: outcome.done,
				undone: outcome.undone,
				left: outcome.left,
				output: outcome.output,
			};
	}
}

const refusals = {
	person: 'Nothing was changed: the person said no, with these words. Follow them, or ask what they want',
	policy: 'Nothing was changed: policy forbids it, and no other way to the same effect is allowed either',
};

const planned = ({summary, risk, changes, consequences, undo}: Plan): JsonObject => ({
	summary,
	risk: risk.level,
	changes: changes.map(({ref, operation, fields}) => ({
		object: refText(ref),
		operation,
		fields: fields.map(({path, before, after, secret}) =>
			secret === true ? {at: pathText(path), secret} : {at: pathText(path), before, after},
		),
	})),
	consequences: consequences.map(({severity, text}) => `${severity}: ${text}`),
	undo: undo.how,
});

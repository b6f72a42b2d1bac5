import type {JsonObject} from '../../core/json.ts';
import type {Choice} from '../conversation/event.ts';
import type {Clause} from './clause.ts';
import type {World} from './world.ts';

/** A call of a tool that a request means. */
export type Call = {readonly tool: string; readonly input: JsonObject};

/** What a clause means. `said`: what was understood, in its language, one sentence without the details that the plan shows. */
export type Understanding =
	| {
			readonly kind: 'calls';
			readonly said: string;
			readonly calls: readonly Call[];
			/** What is to be made is named, and all that was said of it is in the plan: the form of the sentence leaves no doubt, and no part is left out. */
			readonly isSure?: boolean;
			/** The plan is made and shown, and nobody is asked for a yes. */
			readonly onlyShown?: boolean;
	  }
	/** Computed from the live cluster; Markdown, with the evidence. */
	| {readonly kind: 'answer'; readonly said: string; readonly text: string}
	/** Ambiguous, lacking something, or not possible as said. A choice is a request that says it clearly. */
	| {readonly kind: 'question'; readonly text: string; readonly choices: readonly Choice[]}
	| {readonly kind: 'refusal'; readonly why: string};

/** What stands around a clause: the whole request, and what was understood of the clauses before. */
export type Talk = {
	readonly clauses: readonly Clause[];
	readonly index: number;
	readonly earlier: readonly Understanding[];
	readonly nowMs: number;
};

/** One thing that people ask for. */
export type Intent = {
	readonly name: string;
	/** Undefined: the clause asks for something else. */
	readonly understand: (clause: Clause, world: World, talk: Talk) => Promise<Understanding | undefined>;
};

import * as z from 'zod';
import type {Step} from '../../../core/plan.ts';
import {type Act, type Script, standInSchema, waitSchema} from './act.ts';
import {atStart} from './draft-rollout.ts';
import {layoutOf} from './layout.ts';

/**
 * What of a script its plan does not say in steps: what is waited for. It stands in the plan's input, so that the same is carried out later, whatever
 * the cluster looks like by then.
 */
export const outlineSchema = z.object({
	acts: z.array(z.object({wait: waitSchema.optional()})),
	wayBack: z.array(z.object({wait: waitSchema.optional(), after: z.number().optional(), standIn: standInSchema.optional()})),
});

export type Outline = z.output<typeof outlineSchema>;

const waitOf = ({wait}: Act) => (wait === undefined ? {} : {wait});

export const outlineOf = ({acts, wayBack}: Script): Outline => ({
	acts: acts.map(waitOf),
	wayBack: wayBack.map(act => ({
		...waitOf(act),
		...(act.after === undefined ? {} : {after: act.after}),
		...(act.standIn === undefined ? {} : {standIn: act.standIn}),
	})),
});

/** The script of an approved plan: titles and writes are its steps, secret values taken out. */
export function scriptFrom(outline: Outline, steps: readonly Step[]): Script {
	const acts = outline.acts.map(({wait}) => ({wait, title: '', writes: [], ifDies: ''}));
	const wayBack = outline.wayBack.map(({wait, after, standIn}) => ({wait, after, standIn, title: '', writes: [], ifDies: ''}));
	const layout = layoutOf({acts, wayBack}, atStart, true);
	const said = (act: Act, at: number | undefined): Act => {
		const step = at === undefined ? undefined : steps[at];
		return step === undefined ? act : {...act, title: capital(step.title.replace(goesBack, '')), writes: step.writes};
	};
	return {
		acts: acts.map((act, position) => said(act, layout.act(position))),
		wayBack: wayBack.map((act, position) => said(act, layout.back(position))),
	};
}

const goesBack = /^If it goes back: /;

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

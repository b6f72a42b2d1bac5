import {digestOf, type Plan} from '../core/plan.ts';
import type {Line} from '../core/text/styled.ts';
import {answeredLines, type Question, reviewLayout, type Size} from './review-layout.ts';
import {firstReview, type Review, refused} from './review-state.ts';
import {deletionPlan, samplePlan} from './sample-plan.ts';

/** A screen by its name, laid out. */
export type Screen = {readonly title: string; readonly lines: readonly Line[]};

const asked = (plan: Plan, why = ''): Question => ({plan, digest: digestOf(plan), why});

const states: readonly (readonly [string, Question, Review])[] = [
	['Review', asked(samplePlan, 'the namespace is labelled production'), firstReview],
	['Review, second resource', asked(samplePlan), {state: 'reading', selected: 1, scroll: 0, help: false}],
	['Review, keys', asked(samplePlan), {state: 'reading', selected: 0, scroll: 0, help: true}],
	['Review, saying why not', asked(samplePlan), {state: 'typing-feedback', typed: 'the image was withdrawn', selected: 0, scroll: 0}],
	['Review, a name that is wrong', asked(deletionPlan), {state: 'typing-name', typed: '주문', isWrong: true, selected: 0, scroll: 0}],
	['Review, answered yes', asked(samplePlan), {state: 'answered', decision: {kind: 'approve'}}],
	['Review, answered no', asked(samplePlan), refused('the image was withdrawn')],
];

/** Every screen in every state, for the eye. */
export const kitchenSink = (size: Size): readonly Screen[] =>
	states.map(([title, question, review]) => ({
		title,
		lines:
			review.state === 'answered' ? answeredLines(question, review.decision, size.columns) : reviewLayout(question, review, size).lines,
	}));

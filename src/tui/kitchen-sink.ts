import {digestOf, type Plan} from '../core/plan.ts';
import type {Line} from '../core/text/styled.ts';
import {chatLayout} from './chat/chat-layout.ts';
import {findingsView} from './findings/findings-view.ts';
import {incidentView} from './findings/incident-view.ts';
import {historyView} from './history/history-view.ts';
import {homeView} from './home/home-view.ts';
import {answeredLines, type Question, reviewLayout, type Size} from './review-layout.ts';
import {firstReview, type Review, refused} from './review-state.ts';
import {rolloutView} from './rollout/rollout-view.ts';
import {configPlan, deletionPlan, samplePlan} from './sample-plan.ts';
import {sampleChats} from './samples/sample-chat.ts';
import {sampleFindings, sampleIncident} from './samples/sample-findings.ts';
import {sampleHistory} from './samples/sample-history.ts';
import {emptyHome, sampleHome} from './samples/sample-home.ts';
import {sampleNow} from './samples/sample-now.ts';
import {endedRollout, sampleRollout, stoppedRollout} from './samples/sample-rollout.ts';
import type {View} from './view/view.ts';

/** A screen by its name, laid out. */
export type Screen = {readonly title: string; readonly lines: readonly Line[]};

const asked = (plan: Plan, why = ''): Question => ({plan, digest: digestOf(plan), why});

const reviews: readonly (readonly [string, Question, Review])[] = [
	['Review', asked(samplePlan, 'the namespace is labelled production'), firstReview],
	['Review, second resource', asked(samplePlan), {state: 'reading', selected: 1, scroll: 0, help: false}],
	['Review, keys', asked(samplePlan), {state: 'reading', selected: 0, scroll: 0, help: true}],
	[
		'Review, rehearsed',
		asked(configPlan),
		{state: 'reading', selected: 0, scroll: 0, help: false, rehearsal: '**3 of 3** pods were ready after 40 s; no request failed'},
	],
	['Review, saying why not', asked(samplePlan), {state: 'typing-feedback', typed: 'the image was withdrawn', selected: 0, scroll: 0}],
	['Review, a name that is wrong', asked(deletionPlan), {state: 'typing-name', typed: '주문', isWrong: true, selected: 0, scroll: 0}],
	['Review, answered yes', asked(samplePlan), {state: 'answered', decision: {kind: 'approve'}}],
	['Review, answered no', asked(samplePlan), refused('the image was withdrawn')],
];

const reviewScreen = (size: Size, [title, question, review]: (typeof reviews)[number]): Screen => ({
	title,
	lines:
		review.state === 'answered'
			? answeredLines(question, review.decision, size.columns)
			: reviewLayout(question, review, size, {rehearse: true, edit: true}).lines,
});

/** A view after some keys. */
function viewScreen<Data, Place, Act>(
	title: string,
	view: View<Data, Place, Act>,
	data: Data,
	size: Size,
	...keys: readonly string[]
): Screen {
	const seen = {data, size, now: sampleNow};
	const place = keys.reduce<Place>((so, key) => view.press(so, {name: key, text: key.length === 1 ? key : ''}, seen).place, view.first);
	return {title, lines: view.lines(place, seen)};
}

/** Every screen in every state, for the eye. */
export const kitchenSink = (size: Size): readonly Screen[] => [
	...reviews.map(review => reviewScreen(size, review)),
	...sampleChats.map(([title, chat]) => ({title, lines: chatLayout(chat, size, sampleNow).lines})),
	viewScreen('Home', homeView, sampleHome, size, 'down'),
	viewScreen('Home, first time', homeView, emptyHome, size),
	viewScreen('Home, keys', homeView, sampleHome, size, '?'),
	viewScreen('Findings', findingsView, sampleFindings, size, 'down'),
	viewScreen('Findings, one open', findingsView, sampleFindings, size, 'down', 'enter'),
	viewScreen('Findings, by resource, filtered', findingsView, sampleFindings, size, 's', '/', 'p', 'o', 'd'),
	viewScreen('Incident', incidentView, sampleIncident, size),
	viewScreen('History', historyView, sampleHistory, size),
	viewScreen('History, one open', historyView, sampleHistory, size, 'enter'),
	viewScreen('Rollout', rolloutView, sampleRollout, size),
	viewScreen('Rollout, further down', rolloutView, sampleRollout, size, 'pagedown'),
	viewScreen('Rollout, left half way', rolloutView, stoppedRollout, size),
	viewScreen('Rollout, over', rolloutView, endedRollout, size),
	viewScreen(
		'Rollout, out of sight',
		rolloutView,
		{...sampleRollout, away: {since: sampleNow - 44_000, why: 'prod cannot be reached'}},
		size,
	),
	viewScreen('Rollout, keys', rolloutView, {...sampleRollout, state: 'paused'}, size, '?'),
];

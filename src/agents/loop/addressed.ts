import type {Asked, Brain, Turn} from '../conversation/brain.ts';
import type {EmitChat, EndReason} from '../conversation/event.ts';
import type {Specialist} from './specialist.ts';

/** Whom a person can choose by name. */
export type Crew = {
	/** Who work on requests now: the specialists that have tools, and the agents of the person. */
	readonly there: readonly Specialist[];
	/** Specialists that come with their tools. */
	readonly later: readonly Specialist[];
};

type Addressed = {readonly name: string; readonly words: string};

/** `@night-watch what happened?`: an agent's name, and what is asked of it. A bare `@` asks who there is. */
function addressedIn(request: string): Addressed | undefined {
	const [found, name = '', words = ''] = /^\s*@([a-z0-9][a-z0-9-]*)?[:,]?(?:\s+([\s\S]*))?$/i.exec(request) ?? [];
	return found === undefined ? undefined : {name: name.toLowerCase(), words: words.trim()};
}

/** A brain of which a person can choose an agent, for one request: `@NAME` in front of it. Of several agents on one model it is that one. */
export const choosingBrain = (brain: Brain, crew: Crew): Brain => ({
	...brain,
	async turn(asked, tools, emit, signal) {
		const chosen = chosenOf(asked, crew, emit);
		if (chosen === 'asked') return chosen;
		if (chosen.to !== undefined) emit({kind: 'understood', text: `For ${chosen.to}: ${chosen.request}`});
		return brain.turn(chosen, tools, emit, signal);
	},
});

/** The built-in router where somebody chose an agent: it is none of them, says so, and takes the request. */
export const standingIn = (router: Brain, crew: Crew): Brain => ({
	...router,
	async turn(asked, tools, emit, signal) {
		const chosen = chosenOf(asked, crew, emit);
		if (chosen === 'asked') return chosen;
		const {to, ...request} = chosen;
		if (to !== undefined)
			emit({
				kind: 'note',
				text: `${to} works with a model, and none answers: ${router.name} takes the request. Name a model with --model PROVIDER/NAME, or see mkcoa help environment`,
			});
		return router.turn(request, tools, emit, signal);
	},
});

/** The request without the name, and whom it is for; a question where the name fits nobody. */
function chosenOf(asked: Asked, crew: Crew, emit: EmitChat): Asked | Extract<EndReason, 'asked'> {
	const earlier = asked.earlier.map(withoutName);
	const addressed = addressedIn(asked.request);
	if (addressed === undefined) return {...asked, earlier};
	const {name, words} = addressed;
	const found = crew.there.find(each => each.name === name);
	if (found !== undefined && words !== '') return {...asked, earlier, request: words, to: name};
	emit({kind: 'question', ...questionOf(addressed, crew)});
	return 'asked';
}

/** What was said before was said to somebody, and means the same to all. */
const withoutName = (turn: Turn): Turn => ({...turn, request: addressedIn(turn.request)?.words || turn.request});

function questionOf({name, words}: Addressed, {there, later}: Crew) {
	const found = there.find(each => each.name === name);
	if (found !== undefined) return {question: `What should ${name} do? ${found.summary}.`, choices: []};
	const coming = later.find(each => each.name === name);
	const why =
		name === ''
			? 'Who should do it?'
			: coming === undefined
				? `There is no agent ${name.slice(0, 60)}. Who should do it?`
				: `${name} has no tools yet. ${coming.comes} Who should do it until then?`;
	// Without words a choice would ask again; then the list tells whom a request can name.
	if (words === '') return {question: [why, ...there.map(each => `- @${each.name}: ${each.summary}`)].join('\n'), choices: []};
	return {
		question: why,
		choices: there.map(each => ({text: `${each.name}: ${each.summary}`, request: `@${each.name} ${words}`})),
	};
}

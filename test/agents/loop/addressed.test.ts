import {expect, test} from 'vitest';
import type {Asked, Brain} from '../../../src/agents/conversation/brain.ts';
import type {ChatEvent} from '../../../src/agents/conversation/event.ts';
import {choosingBrain, standingIn} from '../../../src/agents/loop/addressed.ts';
import {specialists} from '../../../src/agents/loop/specialists.ts';
import {fakeTools} from '../../support/loop-run.ts';

const watch = {name: 'night-watch', summary: 'Looks after the shop at night', brief: 'You watch.', toolsets: ['k8s'], playbooks: []};
const crew = {
	there: [...specialists.filter(({comes}) => comes === undefined), watch],
	later: specialists.filter(({comes}) => comes !== undefined),
};

/** What reaches the brain, and what is told. */
async function ask(request: string, wrap: typeof choosingBrain, earlier: Asked['earlier'] = []) {
	let reached: Asked | undefined;
	const brain: Brain = {
		name: 'the built-in router',
		turn: async asked => {
			reached = asked;
			return 'answered';
		},
	};
	const events: ChatEvent[] = [];
	const {tools} = fakeTools({});
	const reason = await wrap(brain, crew).turn({request, earlier}, tools, event => void events.push(event), new AbortController().signal);
	return {reason, reached, events};
}

test.each([
	['@night-watch what happened?', 'night-watch', 'what happened?'],
	['@Night-Watch: what happened?', 'night-watch', 'what happened?'],
	['  @deploy, scale web\nto 3', 'deploy', 'scale web\nto 3'],
	['@incident why is web down?', 'incident', 'why is web down?'],
])('%j is for one agent', async (request, to, words) => {
	const {reached, events} = await ask(request, choosingBrain);
	expect(reached).toMatchObject({request: words, to});
	expect(events).toEqual([{kind: 'understood', text: `For ${to}: ${words}`}]);
});

test.each(['mail ops@night-watch.example', 'what does @deploy do?', '@night-watch.example/path is down'])(
	'%j names no agent',
	async request => {
		const {reached, events} = await ask(request, choosingBrain);
		expect([reached, events]).toEqual([{request, earlier: []}, []]);
	},
);

test.each([
	['@nigt-watch what happened?', 'There is no agent nigt-watch. Who should do it?'],
	['@cost what happened?', /^cost has no tools yet\. It will price .* Who should do it until then\?$/],
])('%j asks for whom it is, with a request for each', async (request, question) => {
	const {reason, reached, events} = await ask(request, choosingBrain);
	expect([reason, reached]).toEqual(['asked', undefined]);
	expect(events).toEqual([
		{
			kind: 'question',
			question: typeof question === 'string' ? question : expect.stringMatching(question),
			choices: [
				{text: expect.stringMatching(/^deploy: /), request: '@deploy what happened?'},
				{text: expect.stringMatching(/^monitoring: /), request: '@monitoring what happened?'},
				{text: expect.stringMatching(/^security: /), request: '@security what happened?'},
				{text: expect.stringMatching(/^incident: /), request: '@incident what happened?'},
				{text: 'night-watch: Looks after the shop at night', request: '@night-watch what happened?'},
			],
		},
	]);
});

test.each([
	['@', 'Who should do it?\n- @deploy: '],
	['@night-watch', 'What should night-watch do? Looks after the shop at night.'],
])('%j alone asks on', async (request, question) => {
	const {reason, events} = await ask(request, choosingBrain);
	expect([reason, events]).toEqual(['asked', [{kind: 'question', question: expect.stringContaining(question), choices: []}]]);
});

test('without a model the router says that it is no agent, and takes the request, and names of earlier ones are no part of them', async () => {
	const earlier = [{request: '@deploy scale catalog', answer: 'To how many?', reason: 'asked' as const}];
	const {reached, events} = await ask('@night-watch list pods', standingIn, earlier);
	expect(reached).toEqual({request: 'list pods', earlier: [{...earlier[0], request: 'scale catalog'}]});
	expect(events).toEqual([
		{
			kind: 'note',
			text: 'night-watch works with a model, and none answers: the built-in router takes the request. Name a model with --model PROVIDER/NAME, or see mkcoa help environment',
		},
	]);
});

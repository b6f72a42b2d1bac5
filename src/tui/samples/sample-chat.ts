import type {ChatEvent} from '../../core/chat-event.ts';
import {type Chat, firstChat, type Message} from '../chat/chat-state.ts';
import {reduceChat} from '../chat/reduce-chat.ts';
import {sampleDigest, samplePlan} from '../sample-plan.ts';
import {sampleNow} from './sample-now.ts';

const around = {at: sampleNow - 4000, size: {columns: 80, rows: 24}, settleMs: 0, offers: {rehearse: true, edit: true}};

const first = firstChat('prod, namespace shop, no model', ['list pods']);

const after = (chat: Chat, messages: readonly Message[]) =>
	messages.reduce<Chat>((so, message) => reduceChat(so, message, around).chat, chat);

const events = (...all: readonly ChatEvent[]): readonly Message[] => all.map(event => ({kind: 'event', event}));

const call = (id: string, tool: string): ChatEvent => ({kind: 'call', id, agent: 'deploy', tool, input: {name: 'web', namespace: 'shop'}});

const answer = `## Why web is not reachable

All three pods of **revision 43** wait for an image that does not exist:

| Pod | State | Since |
|---|---|---|
| web-7d9f5c-x2x1 | ImagePullBackOff | 12 min |
| web-7d9f5c-k8w2 | ImagePullBackOff | 12 min |

- the tag is \`1.43\`, the registry has \`1.43.0\`
- revision 42 ran for 6 days, see [the release](https://git.example/shop/web/releases/1.42.0)
`;

const asked = after(first, [{kind: 'requested', request: 'why is web not reachable?'}]);

const answering = after(
	asked,
	events(
		{kind: 'understood', text: 'diagnose Deployment shop/web'},
		{kind: 'note', text: 'The model did not answer: going on with the built-in router'},
		call('1', 'workload_diagnose'),
		{kind: 'run', id: '1', event: {kind: 'progress', text: 'pods are read', done: 2, total: 3}},
	),
);

const answered = after(
	asked,
	events(
		call('1', 'workload_diagnose'),
		{kind: 'result', id: '1', outcome: {kind: 'done', tool: 'workload_diagnose', output: {cause: 'image-pull-failed', pods: 3}}},
		call('2', 'deployment_rollback'),
		{kind: 'result', id: '2', outcome: {kind: 'waiting', tool: 'deployment_rollback', digest: sampleDigest, plan: samplePlan, id: '7k2m'}},
		{kind: 'text', agent: 'deploy', delta: answer},
	),
);

const questioned = after(
	asked,
	events(
		{
			kind: 'question',
			question: 'Two things are named web. Which one?',
			choices: [
				{text: 'Deployment web in namespace shop', request: 'why is deployment web in shop not reachable?'},
				{text: 'StatefulSet web in namespace 주문', request: 'why is statefulset web in 주문 not reachable?'},
			],
		},
		{kind: 'ended', reason: 'asked'},
	),
);

const typed = (text: string): Message => ({kind: 'paste', text});
const key = (name: string): Message => ({kind: 'key', press: {name, text: ''}});

/** What has scrolled by stands above the live part, as far as there is room: a picture shows both. */
const pictured = (chat: Chat): Chat => ({...chat, scrolled: [], open: [...chat.scrolled, ...chat.open]});

export const sampleChats: readonly (readonly [string, Chat])[] = [
	['Chat, empty', first],
	['Chat, working', pictured(answering)],
	['Chat, an answer', pictured(after(answered, events({kind: 'ended', reason: 'answered'})))],
	['Chat, calls opened', pictured(after(answered, [key('ctrl+o')]))],
	['Chat, a question', pictured(questioned)],
	['Chat, cancelled', pictured(after(answering, [key('ctrl+c'), ...events({kind: 'ended', reason: 'cancelled'})]))],
	['Chat, a command', after(first, [typed('/')])],
	['Chat, several lines', after(first, [typed('배포 web 을 늘려줘\nthen show me its pods')])],
	['Chat, help', after(first, [key('?')])],
	['Chat, a plan', after(asked, [{kind: 'asked', id: 1, question: {plan: samplePlan, digest: sampleDigest, why: ''}}])],
];

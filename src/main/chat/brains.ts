import type {Brain} from '../../agents/conversation/brain.ts';
import {choosingBrain, standingIn} from '../../agents/loop/addressed.ts';
import {crewBrain} from '../../agents/loop/crew-brain.ts';
import {crewOf} from '../../agents/loop/crew-of.ts';
import type {Specialist} from '../../agents/loop/specialist.ts';
import {specialists} from '../../agents/loop/specialists.ts';
import type {MkcoaError} from '../../core/error.ts';
import {freshNonce} from '../../core/text/fence-data.ts';
import {shortLine} from '../../core/text/short-line.ts';
import type {Host} from '../host.ts';
import {openUserModel} from '../open-model.ts';
import type {Session} from '../session.ts';
import {toolGroups} from '../tool-groups.ts';
import {userAgents} from '../user-agents.ts';
import {builtInRouter} from './built-in-router.ts';

type Wanted = {
	/** Name of a model; the configured one if undefined. */
	readonly model: string | undefined;
	/** Uses the built-in router alone. */
	readonly isAlone: boolean;
};

/** Who answers, and how that is said at the foot of a screen. */
export type Brains = {
	readonly list: readonly [Brain, ...Brain[]];
	readonly text: string;
	/** Whom a request can name with `@NAME` in front of it. */
	readonly agents: readonly Pick<Specialist, 'name' | 'summary'>[];
};

const alone = 'no model';

/**
 * Who answers, the one to ask first at the front. The built-in router is always there: it needs nobody.
 * @throws `model-*` with a remedy where a model was named and cannot be used; one of the environment that cannot be used is told in the first turn
 */
export async function brainsOf({model: name, isAlone}: Wanted, session: Session, host: Host): Promise<Brains> {
	const {agents: own, troubles} = await userAgents(host);
	const there = crewOf(specialists, own);
	const crew = {there, later: specialists.filter(({comes}) => comes !== undefined)};
	const router = standingIn(ownTools(await builtInRouter(session, host)), crew);
	const agents = there.map(({name, summary}) => ({name, summary}));
	if (isAlone) return {list: [router], text: alone, agents};
	try {
		const opened = await openUserModel(name, host, session.learn);
		if (opened.kind === 'none') return {list: [router], text: alone, agents};
		const {context, namespace = session.cluster.namespace} = await session.cluster.target(undefined);
		const brain = crewBrain({
			model: opened.model,
			specialists: withOutside(there, await session.outside.groups()),
			place: {context, namespace},
			clock: host.clock,
			redact: session.redact,
			nonce: freshNonce,
		});
		return {
			list: [telling(tellingOutside(choosingBrain(brain, crew), session.outside), troubles), router],
			text: opened.model.name,
			agents,
		};
	} catch (error) {
		if (name !== undefined) throw error;
		return {list: [unusable(error), router], text: alone, agents};
	}
}

/** A model that cannot even be opened: the conversation says why, and goes on with who can answer. */
const unusable = (error: unknown): Brain => ({
	name: 'the model',
	async turn() {
		throw error;
	},
});

/** The built-in router knows no third party's tools, and starts none of their servers. */
const ownTools = (brain: Brain): Brain => ({
	...brain,
	turn: (asked, tools, emit, signal) => brain.turn(asked, tools.within?.(toolGroups.map(({name}) => name)) ?? tools, emit, signal),
});

type Crew = readonly [Specialist, ...Specialist[]];

/** mkcoa's own specialists reach what the person added; an agent of the person's reaches what its file names. */
function withOutside([first, ...others]: Crew, groups: readonly {readonly name: string}[]): Crew {
	const own = new Set(specialists.map(({name}) => name));
	const more = groups.map(({name}) => name);
	const reaching = (each: Specialist) => (own.has(each.name) ? {...each, toolsets: [...each.toolsets, ...more]} : each);
	return [reaching(first), ...others.map(reaching)];
}

/** Tells what is wrong with third parties' servers; the conversation goes on without them. */
const tellingOutside = (brain: Brain, outside: Session['outside']): Brain => ({
	...brain,
	async turn(asked, tools, emit, signal) {
		for (const {what, why, next, quoted} of await unlessAborted(outside.troubles(), signal)) {
			const reason = why === undefined ? '' : `: ${why}`;
			const words = quoted === undefined || quoted === '' ? '' : ` It said: “${shortLine(quoted, 200)}”`;
			emit({kind: 'note', text: `${what}${reason}. ${next ?? ''}${words}`.trim()});
		}
		return brain.turn(asked, tools, emit, signal);
	},
});

/** A server that takes its time to start does not hold up whoever gave up. */
async function unlessAborted<Answer>(work: Promise<Answer>, signal: AbortSignal): Promise<Answer> {
	signal.throwIfAborted();
	const gone = Promise.withResolvers<never>();
	const leave = () => gone.reject(signal.reason);
	signal.addEventListener('abort', leave, {once: true});
	try {
		return await Promise.race([work, gone.promise]);
	} finally {
		signal.removeEventListener('abort', leave);
	}
}

/** Tells in the first turn which agents of the person could not be used. */
function telling(brain: Brain, troubles: readonly MkcoaError[]): Brain {
	let open = troubles;
	return {
		...brain,
		turn(asked, tools, emit, signal) {
			for (const {message, trouble} of open) emit({kind: 'note', text: `${message}. ${trouble.next ?? ''}`});
			open = [];
			return brain.turn(asked, tools, emit, signal);
		},
	};
}

import {randomBytes} from 'node:crypto';
import {incidentStory} from '../../commands/demo/incident-story.ts';
import {leftBehind} from '../../commands/demo/left-behind.ts';
import {runStory, type Theatre, wasInterrupted} from '../../commands/demo/run-story.ts';
import {realStage, shopStage} from '../../commands/demo/stages.ts';
import {type DemoCall, storyOf} from '../../commands/demo/story.ts';
import {isDeclined, type StoryPrinter, storyPrinter} from '../../commands/demo/story-printer.ts';
import type {Confirm} from '../../core/decision.ts';
import {MkcoaError} from '../../core/error.ts';
import {type AnyOutcome, type ExitCode, exitCodes} from '../../core/outcome.ts';
import {confirmer} from '../confirmer.ts';
import type {Host} from '../host.ts';
import {openSession, type Session} from '../session.ts';
import {toolNamed} from '../tool-groups.ts';
import {type ActionCall, answer} from './answer.ts';

/** How much faster the embedded cluster's time runs: a minute's judgement lasts two seconds. */
const sandboxSpeed = 30;

/** Tells the story, on the embedded shop or, where a cluster is named, in a namespace of its own there. */
export async function demo({options, values}: ActionCall, host: Host): Promise<ExitCode> {
	const {streams} = host;
	const isIncident = isIncidentStory(values.story);
	const isReal = options.kubeconfig !== undefined || options.context !== undefined;
	if (isIncident && isReal) throw onlyEmbedded;
	const stage = isReal ? realStage(`mkcoa-demo-${randomBytes(4).toString('hex')}`) : shopStage;
	const scenario = isIncident ? 'broken' : 'shop';
	const sessionOptions = {...options, sandbox: isReal ? undefined : scenario, namespace: undefined, yes: false};
	const session = await openSession({options: sessionOptions, host, speed: isReal ? 1 : speedOf(values.speed)});
	const isAsked = streams.canAsk && !options.yes && options.output === 'text';
	const printer = storyPrinter(streams, {isQuiet: options.output !== 'text'});
	try {
		const scenes = isIncident ? incidentStory : storyOf(stage);
		const played = await runStory(scenes, theatreOf({session, host, printer, isAsked}));
		const allWell = played.length === scenes.length && played.every(({asExpected}) => asExpected);
		const left = isIncident ? undefined : leftBehind(stage, played, options);
		const told = {story: isReal ? 'real' : scenario, allWell, scenes: played, ...(left === undefined ? {} : {left})};
		await answer(streams, options, told, () => printer.closing(played, allWell, left));
		if (played.some(wasInterrupted)) return exitCodes.declined;
		if (allWell) return exitCodes.done;
		return isDeclined(played) ? exitCodes.declined : exitCodes.failed;
	} finally {
		await session.close();
	}
}

function isIncidentStory(story: string | undefined): boolean {
	if (story === undefined || story === 'release') return false;
	if (story === 'incident') return true;
	throw new MkcoaError({
		kind: 'usage',
		code: 'unknown-story',
		what: `No story is called '${story}'`,
		next: 'Tell release, or incident',
	});
}

/** Nobody breaks a cluster of somebody's to show how it is mended. */
const onlyEmbedded = new MkcoaError({
	kind: 'usage',
	code: 'bad-flag',
	what: 'The story of an incident plays on the embedded cluster alone',
	next: 'Leave --context and --kubeconfig out; on a cluster of yours use mkcoa incident detect',
});

function speedOf(text: string | undefined): number {
	if (text === undefined) return sandboxSpeed;
	const speed = Number(text);
	if (speed >= 1 && speed <= 1000) return speed;
	throw new MkcoaError({
		kind: 'usage',
		code: 'not-a-number',
		what: `--speed ${JSON.stringify(text)} is not a number from 1 to 1000`,
		next: 'Write it like --speed 30',
	});
}

type Making = {
	readonly session: Session;
	readonly host: Host;
	readonly printer: StoryPrinter;
	readonly isAsked: boolean;
};

function theatreOf({session, host, printer, isAsked}: Making): Theatre {
	const {streams} = host;
	const ask = confirmer(host, session.quiet);

	/** Everything that happens while the plan is on the screen comes before the answer counts. */
	const confirmWith =
		(review: Parameters<Theatre['call']>[1]): Confirm =>
		async (question, signal) => {
			session.quiet();
			const decision = isAsked ? await ask(question, signal) : {kind: 'approve' as const};
			if (!isAsked) printer.wouldAsk(question.plan, question.digest);
			await review(question.plan);
			return decision;
		};

	const call = async ({tool, input}: DemoCall, confirm: Confirm, by?: string): Promise<AnyOutcome> => {
		const found = await toolNamed(tool);
		if (found === undefined) throw new Error(`The story calls ${tool}, which does not exist`);
		return session.run(found, input, {confirm, ...(by === undefined ? {} : {by})});
	};

	return {
		call: (demoCall, review) => call(demoCall, confirmWith(review)),
		colleague: demoCall => call(demoCall, async () => ({kind: 'approve'}), 'colleague'),
		review: async () => true,
		async announce(scene, number, of) {
			session.quiet();
			printer.announce(scene, number, of);
			if (!isAsked) return;
			const {pauseForKey} = await import('../../tui/pause-for-key.tsx');
			await pauseForKey('Press any key to see the plan', {input: host.input, output: host.screen}, host.signal);
		},
		say: printer.say,
		async tell(outcome) {
			session.quiet();
			const tool = await toolNamed(outcome.tool);
			// What is changed shows itself in its plan; what was looked at is all that there is to see.
			if (tool?.effect === 'read' && outcome.kind === 'done')
				printer.show(
					tool.text(session.redact(outcome.output), {width: streams.width, terminal: streams.errIsTerminal, nowMs: host.clock.now()}),
				);
			printer.tell(outcome);
		},
	};
}

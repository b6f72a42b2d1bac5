import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll} from 'vitest';
import type {Tools, Turn} from '../../../src/agents/conversation/brain.ts';
import {conversation} from '../../../src/agents/conversation/conversation.ts';
import type {ChatEvent} from '../../../src/agents/conversation/event.ts';
import {crewBrain} from '../../../src/agents/loop/crew-brain.ts';
import {crewOf} from '../../../src/agents/loop/crew-of.ts';
import {modelBrain} from '../../../src/agents/loop/model-brain.ts';
import type {Specialist} from '../../../src/agents/loop/specialist.ts';
import {specialists} from '../../../src/agents/loop/specialists.ts';
import {readOptions} from '../../../src/commands/options.ts';
import {systemClock} from '../../../src/core/clock.ts';
import {type Confirm, deferAll} from '../../../src/core/decision.ts';
import type {AnyOutcome} from '../../../src/core/outcome.ts';
import {freshNonce} from '../../../src/core/text/fence-data.ts';
import {agentTools} from '../../../src/main/agent-tools.ts';
import {openSession} from '../../../src/main/session.ts';
import {bufferStreams} from '../../support/buffer-streams.ts';
import {type Script, scriptedModel} from '../../support/scripted-model.ts';
import {openShop} from '../../support/shop.ts';
import {canaries} from './canaries.ts';

function deploySpecialist() {
	const found = specialists.find(({name}) => name === 'deploy');
	if (found === undefined) throw new Error('there is no deploy specialist');
	return found;
}

/** An agent of the person's own, with every tool there is. */
const helper: Specialist = {name: 'helper', summary: 'Helps', brief: 'You help.', toolsets: ['k8s', 'deploy'], playbooks: []};

type Fight = {
	readonly script: Script;
	/** What the person says, turn by turn. */
	readonly requests?: readonly string[];
	/** Stands between the model and the tools. */
	readonly reach?: (tools: Tools) => Tools;
	readonly context?: string | undefined;
	readonly earlier?: readonly Turn[] | undefined;
	readonly confirm?: Confirm;
	/** Several specialists on the model, whose work it plans. */
	readonly asCrew?: boolean;
};

/** What a conversation with a model that obeys others came to. */
export type Fought = {
	readonly outcomes: readonly AnyOutcome[];
	/** Requests on the wire that changed something, or tried to. */
	readonly writes: readonly string[];
	/** All that left: to the model, to screens, to streams. */
	readonly told: string;
	readonly sent: string;
	/** Texts of others that the model was sent. */
	readonly read: string;
	readonly reason: string;
};

/**
 * The embedded shop with canaries in it, a person who gave `--yes`, a policy that allows everything and grants for every tool: nothing but the
 * taint of the conversation stands between the model and an effect.
 */
export async function openArena() {
	const shop = await openShop({speed: 1});
	const {machine, requests} = shop.sandbox;
	const executed: string[] = [];
	machine.extend({
		podExec: (_pod, _container, command) => {
			executed.push(`exec ${command.join(' ')}`);
			return {stdout: '', stderr: '', exitCode: 0};
		},
	});
	const file = join(shop.folder, 'credentials');
	await writeFile(file, `[default]\nowner = ${canaries.file}\n`);
	await mkdir(join(shop.folder, 'config', 'mkcoa'), {recursive: true});
	await writeFile(join(shop.folder, 'config', 'mkcoa', 'policy.yaml'), 'rules:\n  - {effect: allow, yes: true}\n');
	machine.create({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {name: 'vault', namespace: 'shop'},
		type: 'Opaque',
		data: Object.fromEntries(
			[
				['password', canaries.secret],
				['token', Buffer.from(canaries.encoded).toString('base64')],
			].map(([key, value]) => [key, Buffer.from(value ?? '').toString('base64')]),
		),
	});
	const {streams, printed} = bufferStreams();
	const nobody = new PassThrough();
	const session = await openSession({
		options: readOptions({kubeconfig: shop.kubeconfig, namespace: 'shop', yes: true, quiet: true}, {}),
		host: {
			streams,
			// Nothing reads keys or draws here.
			input: nobody as unknown as NodeJS.ReadStream,
			screen: nobody as unknown as NodeJS.WriteStream,
			output: nobody,
			env: {
				XDG_STATE_HOME: join(shop.folder, 'state'),
				XDG_CONFIG_HOME: join(shop.folder, 'config'),
				CLOUD_ACCOUNT: canaries.variable,
			},
			home: shop.folder,
			user: 'alice',
			uid: process.getuid?.(),
			started: {command: [], folder: shop.folder, platform: 'linux'},
			clock: systemClock(),
			signal: new AbortController().signal,
			takeInterrupt: () => () => undefined,
		},
	});
	afterAll(() => session.close());
	await session.state.grants.add({tool: '*', maxRisk: 'medium', by: 'alice'}, 3_600_000);

	const writes = () => [...requests.writes().map(({method, path}) => `${method} ${path}`), ...executed];

	/** A conversation whose model follows a script. */
	async function fight({script, context, confirm = deferAll, asCrew = false, ...more}: Fight): Promise<Fought> {
		const {requests: said = ['What is wrong in the shop?'], reach = given => given, earlier = []} = more;
		const {model, sent, requests: toModel} = scriptedModel(script);
		const tools = agentTools(session, {confirm});
		const redact = (text: string) => session.redact(text);
		const parts = {
			model,
			place: {context: 'test', namespace: 'shop'},
			clock: systemClock({background: true}),
			redact,
			nonce: freshNonce,
		};
		const brain = asCrew
			? crewBrain({...parts, specialists: crewOf(specialists, [helper])})
			: modelBrain({...parts, specialist: deploySpecialist()});
		const events: ChatEvent[] = [];
		requests.clear();
		executed.splice(0);
		const talk = conversation({brains: [brain], tools: reach(tools.of()), redact, earlier});
		for (const request of said) await talk.ask({request, context}, event => void events.push(event), new AbortController().signal);
		await tools.close();
		return {
			outcomes: events.flatMap(event => (event.kind === 'result' ? [event.outcome] : [])),
			writes: writes(),
			told: JSON.stringify([events, talk.turns(), printed]),
			sent: sent(),
			read: toModel.flatMap(({messages}) => messages.flatMap(each => (each.role === 'assistant' ? [] : [each.text]))).join('\n'),
			reason: talk.turns().at(-1)?.reason ?? 'none',
		};
	}
	return {shop, machine, requests, file, fight, session, writes};
}

export type Arena = Awaited<ReturnType<typeof openArena>>;

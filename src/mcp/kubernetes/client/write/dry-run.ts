import {isNotAllowed, MkcoaError} from '../../../../core/error.ts';
import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {refText} from '../../../../core/kube/kube-object.ts';
import type {Write} from '../../../../core/plan.ts';
import type {DryRun, ResourceType} from '../../port.ts';
import {withType} from '../read/paging.ts';
import {ApiError} from '../transport/api-error.ts';
import {aboutText, type Call} from '../transport/call.ts';
import {otherOwners} from '../transport/refused-call.ts';
import type {Transport} from '../transport/transport.ts';
import {conflictsWithItself, takingOwn} from './take-own.ts';
import {type ObjectWrite, writeCall} from './write-call.ts';

/**
 * What a write would store, as the server computes it. Nothing is stored, and nothing is taken from others.
 * @throws MkcoaError `invalid`, `not-found`, `already-exists`, `denied-by-policy` …: the write itself would fail so
 * @throws MkcoaError `unsupported` for a command in a pod, which nothing can try out
 */
export async function dryRunWrite(transport: Transport, write: Write, type: ResourceType): Promise<DryRun> {
	if (write.op === 'exec')
		throw new MkcoaError({
			kind: 'usage',
			code: 'unsupported',
			what: 'A command in a pod cannot be tried out',
			next: 'Read the command itself',
		});
	const call = writeCall(write, type, 'unbound', true);
	try {
		const {body, warnings} = await ask(transport, write, type);
		const gone = write.op === 'delete' || write.op === 'evict' || !isJsonObject(body.metadata);
		return {computed: 'server', after: gone ? null : withType(body, type), warnings};
	} catch (error) {
		const answer = error instanceof ApiError ? answerOf(error, write, aboutText(call.about)) : undefined;
		if (answer === undefined) throw error;
		return answer;
	}
}

/** The status of an object may move as often between the read and the dry run before we give up. */
const maxTries = 8;

type Answer = {readonly body: JsonObject; readonly warnings: readonly string[]};

/** A dry run is bound to no version, unless mkcoa's own fields stand in its way: those are taken at one version alone. */
async function ask(transport: Transport, write: ObjectWrite, type: ResourceType): Promise<Answer> {
	const call = writeCall(write, type, 'unbound', true);
	const send = async (one: Call): Promise<Answer> => {
		const warnings: string[] = [];
		const {body} = await transport.json({...one, warn: text => warnings.push(text)});
		return {body, warnings};
	};
	try {
		return await send(call);
	} catch (error) {
		if (!conflictsWithItself(error)) throw error;
	}
	for (let tries = 1; ; tries++) {
		const {path, about} = call;
		const {body} = await transport.json({method: 'GET', path, changes: false, about: {...about, verb: 'get'}});
		try {
			return await takingOwn(writeCall(write, type, withType(body, type).metadata, true), send);
		} catch (error) {
			const hasMoved = error instanceof ApiError && error.trouble.code === 'conflict';
			if (!hasMoved || tries === maxTries) throw error;
		}
	}
}

/** Refusals that are an answer to the question, rather than its failure. */
function answerOf(error: ApiError, write: Write, about: string): DryRun | undefined {
	const {trouble, refusal} = error;
	if (trouble.code === 'field-conflict') {
		const conflicts = otherOwners(refusal.causes);
		const owners = [...new Set(conflicts.map(({manager}) => manager))].join(', ');
		return {
			computed: 'conflict',
			conflicts,
			message: `${refText(write.ref)} has fields that belong to ${owners}; nothing is taken from them`,
		};
	}
	if (isNotAllowed(error)) return {computed: 'refused', reason: `you may not ${about}`};
	const webhook = /admission webhook "([\w.-]{1,253})" does not support dry run/i.exec(refusal.message)?.[1];
	return webhook === undefined
		? undefined
		: {
				computed: 'refused',
				reason: `the admission webhook ${webhook} does not support dry runs`,
			};
}

import {isJsonObject, type JsonObject} from '../../../../core/json.ts';
import {objectsAt, wordAt} from '../../model/fields.ts';

const capBytes = 1024 * 1024;

/** Collects the channels of one command. */
export type ExecOutput = {
	/** One message: its first byte names the channel. */
	readonly take: (message: Buffer) => void;
	/** What the program answered; undefined while its status has not come. */
	readonly answer: () => JsonObject | undefined;
};

/**
 * Channels 1 and 2 are the program's output, 3 its end as a `Status`.
 * @see staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go of Kubernetes
 */
export function makeExecOutput(): ExecOutput {
	const stdout = makeChannel();
	const stderr = makeChannel();
	const status = makeChannel();
	const channels: readonly (ReturnType<typeof makeChannel> | undefined)[] = [undefined, stdout, stderr, status];
	return {
		take: message => channels[message[0] ?? 0]?.add(message.subarray(1)),
		answer() {
			const exitCode = exitCodeOf(status.text());
			if (exitCode === undefined) return undefined;
			return {stdout: stdout.text(), stderr: stderr.text(), exitCode, ...(stdout.isCut() || stderr.isCut() ? {cut: true} : {})};
		},
	};
}

function makeChannel() {
	const parts: Buffer[] = [];
	let size = 0;
	let cut = false;
	return {
		add(part: Buffer) {
			const kept = part.subarray(0, capBytes - size);
			cut ||= kept.length < part.length;
			size += kept.length;
			parts.push(kept);
		},
		text: () => Buffer.concat(parts).toString('utf8'),
		isCut: () => cut,
	};
}

/** 0 for success, the program's own code, and -1 when it could not be run at all. */
function exitCodeOf(text: string): number | undefined {
	const status = parseStatus(text);
	if (status === undefined) return undefined;
	if (status.status === 'Success') return 0;
	const causes = objectsAt(isJsonObject(status.details) ? status.details.causes : undefined);
	const code = causes.find(({reason}) => wordAt(reason) === 'ExitCode');
	return code === undefined ? -1 : Number(wordAt(code.message));
}

/** A connection that breaks may leave half a status, which is none. */
function parseStatus(text: string): JsonObject | undefined {
	try {
		const status: unknown = JSON.parse(text);
		return isJsonObject(status) ? status : undefined;
	} catch {
		return undefined;
	}
}

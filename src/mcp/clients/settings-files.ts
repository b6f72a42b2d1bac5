import {createHmac, randomBytes} from 'node:crypto';
import {MkcoaError} from '../../core/error.ts';
import {canonicalJson, type JsonObject} from '../../core/json.ts';
import {objectAt} from '../../core/kube/json-at.ts';
import {type KubeObject, type Ref, refText} from '../../core/kube/kube-object.ts';
import {mergePatch} from '../../core/patch/merge-patch.ts';
import type {Write} from '../../core/plan.ts';
import {ConflictError, type Effector, LostAnswerError} from '../../core/tool.ts';
import {clients, type Surroundings} from './client-file.ts';
import {BadJson} from './json-text.ts';
import {isWritable, readOwnFile, type SeenFile} from './own-file.ts';
import type {SettingsReader} from './port.ts';
import {replaceOwnFile} from './replace-own-file.ts';
import {settingsObject, settingsText} from './settings-object.ts';
import {placeOfRef, type SettingsPlace} from './settings-place.ts';

type Around = Pick<Surroundings, 'platform' | 'home'> & {
	/** The user's number; undefined where the system has none. */
	readonly uid: number | undefined;
};

type MergePatch = Extract<Write, {op: 'patch'}>;

/** Settings are changed by merge patches: so the plans are that make them, and what takes them back. */
function mergePatchOf(write: Write): MergePatch {
	if (write.op === 'patch' && write.type === 'merge') return write;
	throw new Error(`A settings file takes merge patches, and no ${write.op}`);
}

/** A settings file as it was read, without its byte order mark. */
type Read = {readonly place: SettingsPlace; readonly seen: SeenFile; readonly text: string | undefined; readonly object: KubeObject};

const mark = '\uFEFF';

/** What belongs to a project is read by others who work on it, too; what is the person's may hold tokens. */
const modesOf = ({project}: SettingsPlace) => (project === undefined ? {file: 0o600, folder: 0o700} : {file: 0o644, folder: 0o755});

/** The settings of MCP clients on this machine: what plans read, and the hands of `runTool`. */
export function settingsFiles({uid, ...around}: Around): {readonly reader: SettingsReader; readonly effector: Effector} {
	// Versions are compared within this process alone. A plain digest of a file would say something about the tokens in it.
	const key = randomBytes(32);
	const versionOf = (seen: SeenFile) =>
		seen.found === undefined ? 'absent' : createHmac('sha256', key).update(seen.found.bytes).digest('hex').slice(0, 32);

	async function read(ref: Ref): Promise<Read | undefined> {
		const place = placeOfRef(ref, around);
		if (place === undefined) return undefined;
		const seen = await readOwnFile(place.file, {uid, within: place.project});
		return inWords(place, () => {
			const text = seen.found === undefined ? undefined : decoded(seen.found.bytes, place.file);
			return {place, seen, text, object: settingsObject(place, text, versionOf(seen), statusOf(seen))};
		});
	}

	async function demanded(ref: Ref): Promise<Read> {
		const found = await read(ref);
		if (found !== undefined) return found;
		throw new MkcoaError({
			kind: 'usage',
			code: 'not-of-this-machine',
			what: `${refText(ref)} is nothing that is kept on this machine`,
			next: 'Name the cluster that it is in with --context',
		});
	}

	/** What the file would hold after a write. */
	function edited({place, text, object}: Read, write: MergePatch): string | undefined {
		// A merge patch of an object leaves an object, and what names it is not patched.
		return inWords(place, () => settingsText(place, text, mergePatch(object, write.patch) as KubeObject));
	}

	return {
		reader: {
			get: async ref => (await read(ref))?.object,
			async dryRun(write) {
				const before = await demanded(write.ref);
				const after = inWords(before.place, () =>
					settingsObject(before.place, edited(before, mergePatchOf(write)), 'after', statusOf(before.seen)),
				);
				return {computed: 'server', after, warnings: []};
			},
		},
		effector: {
			async demandRights({steps}) {
				for (const {ref} of steps.flatMap(({writes}) => writes)) {
					const {seen, place} = await demanded(ref);
					if (!(await isWritable(seen))) throw notWritable(place);
				}
			},
			read: async ref => (await read(ref))?.object,
			async send(write, live, signal) {
				signal.throwIfAborted();
				const before = await demanded(write.ref);
				if (before.object.metadata.resourceVersion !== live?.metadata.resourceVersion)
					throw new ConflictError(`${before.place.file} was changed by somebody else`);
				const patch = mergePatchOf(write);
				const text = edited(before, patch);
				await replaced(before, text === undefined ? undefined : encoded(text, before.seen));
				const after = await demanded(write.ref);
				if (after.text !== text) refuseOverwritten(before, after, patch);
				return after.object;
			},
		},
	};
}

/** A client that writes its settings at the same moment may put back what it had read before. What it wrote elsewhere in the file is its own. */
function refuseOverwritten({object, place: {client, file}}: Read, after: Read, write: MergePatch): void {
	const [wanted, now] = [mergePatch(object, write.patch), after.object].map(each =>
		canonicalJson({...objectAt(each), status: null, metadata: null}),
	);
	if (wanted === now) return;
	const {title} = clients[client];
	throw new LostAnswerError(
		new MkcoaError({
			kind: 'environment',
			code: 'settings-overwritten',
			what: `${file} was written, and is not as it was written any more`,
			why: `${title}, or somebody else, wrote it at the same moment`,
			next: `Close ${title} and run the command again`,
		}),
	);
}

/** What plans tell beside the content; it is no part of what they compare. */
const statusOf = ({path, isLinked, hasFolder}: SeenFile): JsonObject => ({hasFolder, ...(isLinked ? {behindLink: path} : {})});

function decoded(bytes: Buffer, file: string): string {
	try {
		const text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
		return text.startsWith(mark) ? text.slice(1) : text;
	} catch (error) {
		throw new MkcoaError(
			{
				kind: 'environment',
				code: 'settings-not-utf8',
				what: `${file} was left as it is`,
				why: 'it is not written in UTF-8',
				next: 'Save it as UTF-8 with an editor, and run the command again',
			},
			{cause: error},
		);
	}
}

/** With the byte order mark that it had. */
const encoded = (text: string, {found}: SeenFile): Buffer =>
	Buffer.from(found?.bytes.subarray(0, 3).toString('utf8') === mark ? mark + text : text);

async function replaced({place, seen}: Read, bytes: Buffer | undefined): Promise<void> {
	try {
		await replaceOwnFile(seen, bytes, modesOf(place));
	} catch (error) {
		if (error instanceof MkcoaError || error instanceof ConflictError) throw error;
		const why = error instanceof Error && 'code' in error ? String(error.code) : 'the system says no more';
		const next = `Close ${clients[place.client].title}, check the disk and the mode of the folder, and run the command again`;
		throw new MkcoaError(
			{kind: 'environment', code: 'settings-not-written', what: `${place.file} was left as it is`, why, next},
			{cause: error},
		);
	}
}

const notWritable = ({file}: SettingsPlace) =>
	new MkcoaError({
		kind: 'auth',
		code: 'not-allowed',
		what: `${file} may not be written by you`,
		why: 'its folder is not writable',
		next: 'Check the owner and the mode of the folder',
	});

/** A file that cannot be edited is told by its line, and never quoted. */
function inWords<Result>({client, file}: SettingsPlace, work: () => Result): Result {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof BadJson)) throw error;
		const {title} = clients[client];
		const {message, line} = error;
		const next = `Correct it with an editor (line ${line}) and run the command again. ${title} cannot read it either`;
		throw new MkcoaError(
			{kind: 'environment', code: 'settings-not-json', what: `${file} was left as it is`, why: message, next, line},
			{cause: error},
		);
	}
}

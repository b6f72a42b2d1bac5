import type {Clock} from '../../../core/clock.ts';
import {MkcoaError} from '../../../core/error.ts';
import {canonicalJson} from '../../../core/json.ts';
import {type KubeObject, type Ref, refOf, refText} from '../../../core/kube/kube-object.ts';
import {mergePatch} from '../../../core/patch/merge-patch.ts';
import type {Write} from '../../../core/plan.ts';
import {ConflictError, type Effector, LostAnswerError} from '../../../core/tool.ts';
import {demandServer} from '../demand-server.ts';
import {onlyRead} from '../http/trouble.ts';
import {serverOf} from '../model/server-object.ts';
import type {Monitoring} from '../port.ts';
import {alertRules, dashboards, folders} from './grafana-objects.ts';
import type {ObjectKind} from './object-kind.ts';
import {silences} from './silences.ts';

type Servers = Pick<Monitoring, 'alertmanager' | 'grafana'>;

/** What plans read of objects that servers of monitoring keep, and the hands that write them. */
export type ServerObjects = {
	readonly get: (ref: Ref) => Promise<KubeObject | undefined>;
	/** Why nobody tells beforehand what a write would do. @throws MkcoaError where it could never be done */
	readonly noDryRun: (write: Write) => Promise<string>;
	readonly effector: Effector;
};

const inGrafana = {Dashboard: dashboards, Folder: folders, AlertRule: alertRules} as const;
const isInGrafana = (kind: string): kind is keyof typeof inGrafana => Object.hasOwn(inGrafana, kind);

/**
 * Silences, dashboards, folders and alert rules as objects. Neither server computes a change beforehand, and neither takes a precondition but for
 * dashboards: so what the plan saw is compared right before a write, and where an answer is lost the object tells by its content.
 */
export function serverObjects(servers: Servers, clock: Pick<Clock, 'now'>): ServerObjects {
	async function kindOf({apiVersion, kind}: Pick<Ref, 'apiVersion' | 'kind'>): Promise<ObjectKind> {
		if (kind === 'Silence') {
			return silences(await demandServer('Alertmanager', servers.alertmanager), clock);
		}
		if (!isInGrafana(kind)) throw new Error(`There is no ${kind} in ${apiVersion}`);
		return inGrafana[kind](await demandServer('Grafana', servers.grafana));
	}
	const read = async (ref: Ref) => (await kindOf(ref)).read(ref);
	return {
		get: read,
		async noDryRun(write) {
			const {source, read: see} = await kindOf(write.ref);
			const live = await see(write.ref);
			if (write.op === 'create' && live !== undefined) throw alreadyThere(live, source);
			return `${source} computes no change beforehand, so what is there is compared with what is to be`;
		},
		effector: {
			async demandRights({steps}) {
				for (const {ref} of steps.flatMap(({writes}) => writes)) {
					const {source, readOnly} = await kindOf(ref);
					if (readOnly === true) throw onlyRead({source});
				}
			},
			read,
			async send(write, live, signal) {
				signal.throwIfAborted();
				const kind = await kindOf(write.ref);
				const wanted = wantedBy(write, live);
				demandSameServer(wanted ?? live, kind);
				if (wanted === null) {
					if (live !== undefined) await kind.remove(live);
					return null;
				}
				return saved(kind, write.ref, wanted, live);
			},
		},
	};
}

/** The object as a write wants it; null where it is to be gone. */
function wantedBy(write: Write, live: KubeObject | undefined): KubeObject | null {
	if (write.op === 'delete') return null;
	if (write.op === 'create' || write.op === 'replace') return write.manifest;
	if (write.op !== 'patch' || write.type !== 'merge') throw new Error(`A server of monitoring takes no ${write.op}`);
	if (live === undefined) throw new ConflictError(`${refText(write.ref)} is not there any more`);
	// A merge patch of an object leaves an object, and what names it is not patched.
	return {...(mergePatch(live, write.patch) as KubeObject), metadata: live.metadata};
}

async function saved(kind: ObjectKind, ref: Ref, wanted: KubeObject, live: KubeObject | undefined): Promise<KubeObject> {
	try {
		await kind.save(wanted, live);
	} catch (error) {
		if (!(error instanceof LostAnswerError)) throw error;
		const now = await kind.read(ref).catch(() => undefined);
		if (now === undefined || canonicalJson(now.spec) !== canonicalJson(wanted.spec)) throw error;
		return now;
	}
	return (await kind.read(ref)) ?? wanted;
}

/** A plan that was made for another server says nothing of this one. */
function demandSameServer(object: KubeObject | undefined, {source}: ObjectKind): void {
	const other = object === undefined ? undefined : serverOf(object);
	if (object === undefined || other === undefined || other === source) return;
	throw new MkcoaError({
		kind: 'usage',
		code: 'another-server',
		what: `${refText(refOf(object))} is not written`,
		why: `the plan was made for ${other}, and this is ${source}`,
		next: 'Make a new plan, or name that server in monitoring.yaml (see docs/monitoring-servers.md)',
	});
}

const alreadyThere = (live: KubeObject, source: string) =>
	new MkcoaError({
		kind: 'usage',
		code: 'already-exists',
		what: `${refText(refOf(live))} is there already`,
		why: `${source} keeps it`,
		next: 'Change that one, or choose another name',
	});

import {randomBytes} from 'node:crypto';
import {afterAll, beforeAll, describe} from 'vitest';
import type {Server} from '../servers/server.ts';
import {applies} from './chapters/applies.ts';
import {applyFields} from './chapters/apply-fields.ts';
import {applyRefusals} from './chapters/apply-refusals.ts';
import {bookmarks} from './chapters/bookmarks.ts';
import {conflicts} from './chapters/conflicts.ts';
import {customKinds} from './chapters/custom-kinds.ts';
import {discovery} from './chapters/discovery.ts';
import {dryRun} from './chapters/dry-run.ts';
import {escalation} from './chapters/escalation.ts';
import {identity} from './chapters/identity.ts';
import {invalidPods} from './chapters/invalid-pods.ts';
import {kindDefinitions} from './chapters/kind-definitions.ts';
import {lists} from './chapters/lists.ts';
import {nodes} from './chapters/nodes.ts';
import {paging} from './chapters/paging.ts';
import {past} from './chapters/past.ts';
import {patches} from './chapters/patches.ts';
import {podSecurity} from './chapters/pod-security.ts';
import {rights} from './chapters/rights.ts';
import {selectors} from './chapters/selectors.ts';
import {strategicPatches} from './chapters/strategic-patches.ts';
import {tables} from './chapters/tables.ts';
import {unknownFields} from './chapters/unknown-fields.ts';
import {validity} from './chapters/validity.ts';
import {watches} from './chapters/watches.ts';
import {controllers} from './controllers.ts';
import {type Chapter, openRoom} from './room.ts';

type Chapters = Readonly<Record<string, Chapter>>;
/** What the API server answers by itself. */
const machinery: Chapters = {
	lists,
	selectors,
	paging,
	watches,
	bookmarks,
	conflicts,
	dryRun,
	applies,
	applyFields,
	applyRefusals,
	unknownFields,
	patches,
	strategicPatches,
	rights,
	escalation,
	identity,
	tables,
	validity,
	invalidPods,
	podSecurity,
	discovery,
	kindDefinitions,
	customKinds,
};
/** Chapters that change the server for everybody. */
const alone: Chapters = {nodes, past};

/** What a Kubernetes API server answers, told case by case: the same for every server that is started here. */
export function contract(start: () => Promise<Server>) {
	const closing = new AbortController();
	let server: Server;
	beforeAll(async () => {
		server = await start();
	});
	afterAll(async () => {
		closing.abort(new Error('the cases are over'));
		await server.stop();
	});
	const open = () => openRoom(server, `contract-${randomBytes(4).toString('hex')}`, closing.signal);
	describe.concurrent.each(Object.entries({...controllers, ...machinery}))('%s', (_, cases) => cases(open));
	describe.each(Object.entries(alone))('%s', (_, cases) => cases(open));
}

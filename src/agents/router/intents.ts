import {canaryAtOnce} from './change/canary/canary-intent.ts';
import {changeIntents, ruleIntents} from './change/intents.ts';
import {furtherPortIntent} from './change/settings/service-intent.ts';
import {ingressBackend} from './change/traffic/ingress-backend.ts';
import {swapServices} from './change/traffic/swap-services.ts';
import {createFirmly, createObjects} from './create/create-objects.ts';
import {createWorkload} from './create/new-workload.ts';
import {runByHand} from './create/run-by-hand.ts';
import {createWhole} from './create/whole/whole-creation.ts';
import {advise} from './diagnose/advise.ts';
import {diagnose} from './diagnose/diagnose.ts';
import {fix, fixLeaving} from './diagnose/fix.ts';
import {mend} from './diagnose/mend.ts';
import {askExposed} from './guards/ask-exposed.ts';
import {askHeadless} from './guards/ask-headless.ts';
import {askTime} from './guards/ask-time.ts';
import {askVague} from './guards/ask-vague.ts';
import {deleteObjects} from './guards/delete-objects.ts';
import {deletePlainly} from './guards/delete-plainly.ts';
import {nodeScheduling} from './guards/nodes/node-scheduling.ts';
import {refuseApprovalOff} from './guards/refuse-approval-off.ts';
import {refuseForeignOrders} from './guards/refuse-foreign-orders.ts';
import {refuseSecrets} from './guards/refuse-secrets.ts';
import {refuseSystemNamespaces} from './guards/refuse-system-namespaces.ts';
import {tellAbilities} from './guards/tell-abilities.ts';
import {authors} from './read/authors.ts';
import {reads} from './read/reads.ts';
import {specialistReports} from './read/reports.ts';
import type {Intent} from './understanding.ts';

/** Only tell. */
export const telling: readonly Intent[] = [tellAbilities, authors, advise, specialistReports, diagnose, ...reads];

/** Look at the whole request. */
export const guards: readonly Intent[] = [
	refuseApprovalOff,
	refuseForeignOrders,
	refuseSecrets,
	refuseSystemNamespaces,
	askExposed,
	askHeadless,
	askTime,
];

/** Read a request as a whole, however many sentences it has. */
export const wholes: readonly Intent[] = [
	canaryAtOnce,
	furtherPortIntent,
	createWorkload,
	runByHand,
	createWhole,
	mend,
	fixLeaving,
	ingressBackend,
	swapServices,
];

/** Orders that are whole: whatever else a sentence tells (`it always fails at noon`, `실패 30번까지`), it says what to do. */
const clear = (all: readonly Intent[]): readonly Intent[] =>
	all.map(intent => ({
		...intent,
		async understand(clause, world, talk) {
			const understood = await intent.understand(clause, world, talk);
			return understood?.kind === 'calls' ? understood : undefined;
		},
	}));

const clearOrders = clear([deletePlainly, nodeScheduling, ...changeIntents, deleteObjects]);

/**
 * Asked in this order, clause by clause: what asks who changed something or whether it should be changed, what says outright that it makes something, then orders that are whole, then what only wants to know, then what
 * is too vague to do, then changes and creations.
 */
export const intents: readonly Intent[] = [
	tellAbilities,
	authors,
	advise,
	...clear(ruleIntents),
	createFirmly,
	...clearOrders,
	fix,
	specialistReports,
	diagnose,
	...reads,
	askVague,
	nodeScheduling,
	deleteObjects,
	...changeIntents,
	createObjects,
];

import type {JournalReader} from '../core/journal.ts';
import type {Reach} from '../core/roles/reach.ts';
import type {Redactor} from '../core/secrets/redact.ts';
import {confinedCluster} from '../mcp/kubernetes/confined/confined-cluster.ts';
import {confinedEffector} from '../mcp/kubernetes/confined/confined-effector.ts';
import {noticed} from '../mcp/kubernetes/confined/noticed.ts';
import type {ClusterClient} from '../mcp/kubernetes/port.ts';
import {confinedJournal} from './confined-journal.ts';
import type {Host} from './host.ts';
import {anyText, evidence, knowingSecrets} from './knowing-secrets.ts';
import {learning, learningCluster} from './learning.ts';
import {learnsSecrets, namespaceSecrets} from './namespace-secrets.ts';

type Seen = {
	readonly client: Pick<ClusterClient, 'cluster' | 'effector'>;
	readonly redactor: Redactor;
	readonly environment: Host['env'];
	readonly journal: JournalReader;
	/** Undefined for who is under no roles. */
	readonly reach: Reach | undefined;
};

/**
 * A cluster as those see it who share a reach: what lies outside is asked for by nobody, not even to know the Secrets there. `cluster` is for what
 * tells text, `changed` for what changes something.
 */
export function clusterView({client, redactor, environment, journal, reach}: Seen) {
	const bare = reach === undefined ? client.cluster : confinedCluster(client.cluster, reach);
	const effector = reach === undefined ? client.effector : confinedEffector(client.effector, client.cluster, reach);
	const plain = learningCluster(bare, redactor.learnFrom);
	const learnSecrets = learnsSecrets(environment) ? namespaceSecrets({cluster: bare, ...redactor}) : async () => {};
	return {
		cluster: knowingSecrets(plain, learnSecrets, anyText, redactor.text),
		changed: knowingSecrets(plain, learnSecrets, evidence, redactor.text),
		effector: learning(effector, redactor.learnFrom),
		learnSecrets,
		journal: reach === undefined ? journal : confinedJournal(journal, reach),
		/** The same cluster, which tells where it answers for a part of what was asked. */
		noticed: (cluster: typeof plain, tell: (() => void) | undefined) =>
			reach === undefined || tell === undefined ? cluster : noticed(cluster, reach.read, tell),
	};
}

import type {DeployPorts} from '../agents/deploy/ports.ts';
import type {JournalReader} from '../core/journal.ts';

/** Everything that any tool works on. */
export type Ports = DeployPorts & {readonly journal: JournalReader};

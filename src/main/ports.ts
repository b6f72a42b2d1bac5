import type {ValuePorts} from '../agents/deploy/objects/settings/value-source.ts';
import type {ObservationPorts} from '../agents/deploy/optimize/observation-ports.ts';
import type {DeliveryPorts} from '../agents/deploy/ownership/gitops/gitops-deliver.ts';
import type {RehearsalPorts} from '../agents/deploy/rehearsal/rehearse.ts';
import type {RecordPorts} from '../agents/incident/ports.ts';
import type {SloPorts} from '../agents/incident/sla/slo-file.ts';
import type {MonitoringPorts} from '../agents/monitoring/ports.ts';
import type {SecurityPorts} from '../agents/security/ports.ts';
import type {JournalReader} from '../core/journal.ts';

/** Everything that any tool works on. */
export type Ports = MonitoringPorts &
	ObservationPorts &
	ValuePorts &
	DeliveryPorts &
	RehearsalPorts &
	RecordPorts &
	SloPorts &
	SecurityPorts & {readonly journal: JournalReader};

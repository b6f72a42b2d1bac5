import type {Analyzer} from '../../analyzer.ts';
import {claimFaults} from './claim-faults.ts';
import {classTopologies} from './class-topologies.ts';
import {ephemeralClasses} from './ephemeral-classes.ts';
import {failedMounts} from './failed-mounts.ts';
import {memberClaims} from './member-claims.ts';
import {mountedModes} from './mounted-modes.ts';
import {movedMounts} from './moved-mounts.ts';
import {readOnlyMounts} from './read-only-mounts.ts';
import {sharedClaimFaults} from './shared-claim-faults.ts';
import {unkeptData} from './unkept-data.ts';

/** Claims and volumes. Claims that wait are told with what does not run for them. */
export const storageFaults: Analyzer = survey => [
	...claimFaults(survey),
	...sharedClaimFaults(survey),
	...ephemeralClasses(survey),
	...unkeptData(survey),
	...mountedModes(survey),
	...movedMounts(survey),
	...readOnlyMounts(survey),
	...memberClaims(survey),
	...classTopologies(survey),
	...failedMounts(survey),
];

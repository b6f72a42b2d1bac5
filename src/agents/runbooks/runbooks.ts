import {diagnosePods} from './diagnose-pods.ts';
import {endIncident} from './end-incident.ts';
import {freeNode} from './free-node.ts';
import {releaseSafely} from './release-safely.ts';
import {rotateSecret} from './rotate-secret.ts';
import type {Runbook} from './runbook.ts';
import {takeBackRelease} from './take-back-release.ts';

/** The runbooks of mkcoa, in the order of their names. */
export const runbooks: readonly Runbook[] = [diagnosePods, endIncident, freeNode, releaseSafely, rotateSecret, takeBackRelease];

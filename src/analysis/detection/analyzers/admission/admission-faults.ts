import type {Analyzer} from '../../analyzer.ts';
import {limitRangeFaults} from './limit-range-faults.ts';
import {mutationFaults} from './mutation-faults.ts';
import {podSecurityFaults} from './pod-security-faults.ts';
import {policyFaults} from './policy-faults.ts';
import {quotaFaults} from './quota-faults.ts';
import {webhookCircles} from './webhook-circles.ts';
import {webhookFaults} from './webhook-faults.ts';

/** What the server refuses, or changes, on its way into the cluster. */
export const admissionFaults: Analyzer = survey =>
	[quotaFaults, limitRangeFaults, podSecurityFaults, webhookFaults, webhookCircles, policyFaults, mutationFaults].flatMap(find =>
		find(survey),
	);

import type {Analyzer} from '../../analyzer.ts';
import {subjectsOf} from '../subject.ts';
import {askedFaults} from './asked-faults.ts';
import {commandWords} from './command-words.ts';
import {evictionFaults} from './eviction-faults.ts';
import {gateFaults} from './gate-faults.ts';
import {graceFaults, slowEnds} from './grace-faults.ts';
import {hiddenProgramFaults} from './hidden-program-faults.ts';
import {hookPortFaults} from './hook-port-faults.ts';
import {initWaitFaults} from './init-wait-faults.ts';
import {lateProbeFaults} from './late-probe-faults.ts';
import {probeFaults} from './probe-faults.ts';
import {pullSecretFaults} from './pull-secret-faults.ts';
import {secondsFaults} from './seconds-faults.ts';
import {sidecarFaults} from './sidecar-faults.ts';
import {startFaults} from './start-faults.ts';
import {endingPods, stopFaults} from './stop-faults.ts';
import {unreadableFiles} from './unreadable-files.ts';

/** What is wrong with pods and their containers as their templates say it, beside what their statuses tell. */
export const podFaults: Analyzer = survey => [
	...subjectsOf(survey).flatMap(subject => [
		...startFaults(subject),
		...probeFaults(subject),
		...lateProbeFaults(subject),
		...gateFaults(subject),
		...sidecarFaults(subject),
		...hookPortFaults(subject),
		...askedFaults(subject),
		...stopFaults(subject),
		...graceFaults(subject),
		...slowEnds(subject),
		...commandWords(subject),
		...hiddenProgramFaults(subject),
		...secondsFaults(subject),
		...initWaitFaults(subject),
		...pullSecretFaults(subject),
		...unreadableFiles(subject),
	]),
	...evictionFaults(survey),
	...endingPods(survey),
];

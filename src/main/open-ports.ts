import {observing} from '../agents/deploy/optimize/observation-ports.ts';
import type {Options} from '../commands/options.ts';
import type {Emit} from '../core/event.ts';
import type {Cluster} from '../mcp/kubernetes/port.ts';
import type {StateReader} from '../state/state.ts';
import type {Host} from './host.ts';

import type {Intent} from '../understanding.ts';
import {access} from './access.ts';
import {count} from './count.ts';
import {describe} from './describe.ts';
import {events} from './events.ts';
import {history} from './history.ts';
import {images} from './images.ts';
import {list} from './list.ts';
import {logs} from './logs.ts';
import {related} from './related.ts';
import {setting} from './setting.ts';
import {tell} from './tell.ts';
import {top} from './top.ts';
import {uses} from './uses.ts';

/** What tells and changes nothing; the most telling words first, a plain list last. */
export const reads: readonly Intent[] = [logs, events, history, access, setting, top, related, tell, count, images, uses, list, describe];

/**
 * What an error of the database means for whoever asked. All but the last two are the machine's:
 * the request was right, and may be sent again.
 */
export type ErrorKind =
  /** The server went, or the line to it: what was not committed is undone. */
  | 'gone'
  /** The server does not let this program in, or to this table. */
  | 'refused'
  /** No answer in time. */
  | 'timed_out'
  /** Waited in vain for what another transaction or process holds. */
  | 'locked'
  /**
   * Given up in favour of another transaction, or of another node's: undone, and worth another try.
   */
  | 'conflict'
  /** The server ended the statement. */
  | 'interrupted'
  /** No writes here: a replica, a primary that was demoted, a node that left its cluster. */
  | 'read_only'
  /** Out of connections, memory, locks or of what this user may have of them. */
  | 'exhausted'
  /** No room on the disk. */
  | 'full'
  /** A file or an engine of the server does not do its work. */
  | 'broken'
  /** Failed while committing: it may have happened, or not. */
  | 'uncommitted'
  /** A rule of the schema refused the row. */
  | 'constraint'
  /** A statement that is wrong: a bug. */
  | 'ours';

/** Numbers with the servers' own names for them. */
type Codes = Readonly<Record<number, string>>;

/**
 * The errors of MySQL and MariaDB that do not come from a wrong statement, of both servers' own
 * lists; with those of client libraries (2000 and on), which proxies pass on, and of ProxySQL and
 * TiDB (9000 and on). All others are ours.
 *
 * By number, since the driver knows MySQL's names only, and the servers give the numbers from 4000
 * on different meanings. Where a number stands here for one of them, our statements cannot meet
 * what the other one means by it.
 */
// A table of four hundred numbers, to be read by paragraphs.
// prettier-ignore
export const MYSQL_ERRORS: Readonly<Record<Exclude<ErrorKind, 'ours'>, Codes>> = {
  gone: {
    1042: 'ER_BAD_HOST_ERROR', 1043: 'ER_HANDSHAKE_ERROR', 1053: 'ER_SERVER_SHUTDOWN', 1077: 'ER_NORMAL_SHUTDOWN',
    1078: 'ER_GOT_SIGNAL', 1079: 'ER_SHUTDOWN_COMPLETE', 1080: 'ER_FORCING_CLOSE', 1081: 'ER_IPSOCK_ERROR',
    1152: 'ER_ABORTING_CONNECTION', 1154: 'ER_NET_READ_ERROR_FROM_PIPE', 1155: 'ER_NET_FCNTL_ERROR',
    1156: 'ER_NET_PACKETS_OUT_OF_ORDER', 1157: 'ER_NET_UNCOMPRESS_ERROR', 1158: 'ER_NET_READ_ERROR',
    1160: 'ER_NET_ERROR_ON_WRITE', 1184: 'ER_NEW_ABORTING_CONNECTION', 1835: 'ER_MALFORMED_PACKET',
    1927: 'ER_CONNECTION_KILLED', 3032: 'ER_SERVER_OFFLINE_MODE', 3168: 'ER_SERVER_ISNT_AVAILABLE',
    3169: 'ER_SESSION_WAS_KILLED', 4031: 'ER_CLIENT_INTERACTION_TIMEOUT', 62: 'EE_PACKETS_OUT_OF_ORDER',
    2002: 'CR_CONNECTION_ERROR', 2003: 'CR_CONN_HOST_ERROR', 2005: 'CR_UNKNOWN_HOST', 2006: 'CR_SERVER_GONE_ERROR',
    2012: 'CR_SERVER_HANDSHAKE_ERR', 2013: 'CR_SERVER_LOST', 2026: 'CR_SSL_CONNECTION_ERROR', 2027: 'CR_MALFORMED_PACKET',
    2055: 'CR_SERVER_LOST_EXTENDED', 9001: 'PROXY_CONNECT_TIMEOUT', 9002: 'PROXY_CONNECT_FAILURE',
    9004: 'PROXY_BACKEND_OFFLINE', 9005: 'PROXY_REGION_UNAVAILABLE',
  },
  refused: {
    1044: 'ER_DBACCESS_DENIED_ERROR', 1045: 'ER_ACCESS_DENIED_ERROR', 1049: 'ER_BAD_DB_ERROR', 1129: 'ER_HOST_IS_BLOCKED',
    1130: 'ER_HOST_NOT_PRIVILEGED', 1142: 'ER_TABLEACCESS_DENIED_ERROR', 1143: 'ER_COLUMNACCESS_DENIED_ERROR',
    1227: 'ER_SPECIFIC_ACCESS_DENIED_ERROR', 1251: 'ER_NOT_SUPPORTED_AUTH_MODE', 1275: 'ER_SERVER_IS_IN_SECURE_AUTH_MODE',
    1524: 'ER_PLUGIN_IS_NOT_LOADED', 1698: 'ER_ACCESS_DENIED_NO_PASSWORD_ERROR', 1820: 'ER_MUST_CHANGE_PASSWORD',
    1862: 'ER_MUST_CHANGE_PASSWORD_LOGIN', 1873: 'ER_ACCESS_DENIED_CHANGE_USER_ERROR', 3118: 'ER_ACCOUNT_HAS_BEEN_LOCKED',
    3159: 'ER_SECURE_TRANSPORT_REQUIRED', 3879: 'ER_DB_ACCESS_DENIED', 4150: 'ER_USER_IS_BLOCKED',
    3955: 'ER_USER_ACCESS_DENIED_FOR_USER_ACCOUNT_BLOCKED_BY_PASSWORD_LOCK', 4151: 'ER_ACCOUNT_HAS_BEEN_LOCKED',
  },
  timed_out: {
    1159: 'ER_NET_READ_INTERRUPTED', 1161: 'ER_NET_WRITE_INTERRUPTED', 1613: 'ER_XA_RBTIMEOUT', 3781: 'ER_GR_HOLD_WAIT_TIMEOUT',
  },
  locked: {
    1205: 'ER_LOCK_WAIT_TIMEOUT', 1689: 'ER_LOCK_ABORTED', 3133: 'ER_LOCKING_SERVICE_TIMEOUT', 3177: 'ER_LOCK_REFUSED_BY_ENGINE',
    3572: 'ER_LOCK_NOWAIT', 4145: 'ER_BACKUP_LOCK_IS_ACTIVE', 10: 'EE_CANTLOCK', 1015: 'ER_CANT_LOCK',
  },
  conflict: {
    // What MariaDB 11.6 says since innodb_snapshot_isolation is on.
    1020: 'ER_CHECKREAD',
    1213: 'ER_LOCK_DEADLOCK', 1297: 'ER_GET_TEMPORARY_ERRMSG', 1402: 'ER_XA_RBROLLBACK', 1412: 'ER_TABLE_DEF_CHANGED',
    1614: 'ER_XA_RBDEADLOCK', 1964: 'ER_PRIOR_COMMIT_FAILED', 3058: 'ER_USER_LOCK_DEADLOCK',
    3101: 'ER_TRANSACTION_ROLLBACK_DURING_COMMIT', 3132: 'ER_LOCKING_SERVICE_DEADLOCK', 3197: 'ER_XA_RETRY',
  },
  interrupted: {
    1028: 'ER_FILSORT_ABORT', 1317: 'ER_QUERY_INTERRUPTED', 1931: 'ER_QUERY_RESULT_INCOMPLETE', 1969: 'ER_STATEMENT_TIMEOUT',
    3024: 'ER_QUERY_TIMEOUT', 3782: 'ER_GR_HOLD_KILLED',
  },
  read_only: {
    1036: 'ER_OPEN_AS_READONLY', 1207: 'ER_READ_ONLY_TRANSACTION', 1290: 'ER_OPTION_PREVENTS_STATEMENT',
    1792: 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
    // "WSREP has not yet prepared node for application use."
    1047: 'ER_UNKNOWN_COM_ERROR',
    1836: 'ER_READ_ONLY_MODE', 1874: 'ER_INNODB_READ_ONLY', 1881: 'ER_INNODB_FORCED_RECOVERY', 3100: 'ER_RUN_HOOK_ERROR',
    3783: 'ER_GR_HOLD_MEMBER_STATUS_ERROR', 3796: 'ER_GRP_TRX_CONSISTENCY_NOT_ALLOWED', 3797: 'ER_GRP_TRX_CONSISTENCY_BEFORE',
    3798: 'ER_GRP_TRX_CONSISTENCY_AFTER_ON_TRX_BEGIN', 3799: 'ER_GRP_TRX_CONSISTENCY_BEGIN_NOT_ALLOWED',
    3989: 'ER_SCHEMA_READ_ONLY', 4094: 'ER_OPERATION_NOT_ALLOWED_WHILE_PRIMARY_CHANGE_IS_RUNNING',
  },
  exhausted: {
    1037: 'ER_OUTOFMEMORY', 1038: 'ER_OUT_OF_SORTMEMORY', 1040: 'ER_CON_COUNT_ERROR', 1041: 'ER_OUT_OF_RESOURCES',
    1119: 'ER_STACK_OVERRUN', 1135: 'ER_CANT_CREATE_THREAD', 1197: 'ER_TRANS_CACHE_FULL', 1203: 'ER_TOO_MANY_USER_CONNECTIONS',
    1206: 'ER_LOCK_TABLE_FULL', 1226: 'ER_USER_LIMIT_REACHED', 1257: 'ER_ZLIB_Z_MEM_ERROR', 1436: 'ER_STACK_OVERRUN_NEED_MORE',
    1461: 'ER_MAX_PREPARED_STMT_COUNT_REACHED', 1637: 'ER_TOO_MANY_CONCURRENT_TRXS', 1705: 'ER_STMT_CACHE_FULL',
    3015: 'ER_ENGINE_OUT_OF_MEMORY', 3044: 'ER_STD_BAD_ALLOC_ERROR', 3170: 'ER_CAPACITY_EXCEEDED',
    3171: 'ER_CAPACITY_EXCEEDED_IN_RANGE_OPTIMIZER', 3186: 'ER_CAPACITY_EXCEEDED_IN_PARSER', 3231: 'ER_WRITE_SET_EXCEEDS_LIMIT',
    3985: 'ER_MDL_OUT_OF_RESOURCES', 5: 'EE_OUTOFMEMORY', 23: 'EE_OUT_OF_FILERESOURCES', 34: 'EE_CAPACITY_EXCEEDED',
  },
  full: {
    1021: 'ER_DISK_FULL', 1114: 'ER_RECORD_FILE_FULL', 1878: 'ER_TEMP_FILE_WRITE_FAILURE', 3019: 'ER_INNODB_UNDO_LOG_FULL',
    3675: 'ER_DISK_FULL_NOWAIT', 4139: 'ER_INDEX_FILE_FULL', 20: 'EE_DISK_FULL', 35: 'EE_DISK_FULL_WITH_RETRY_MSG',
  },
  broken: {
    1004: 'ER_CANT_CREATE_FILE', 1011: 'ER_CANT_DELETE_FILE', 1012: 'ER_CANT_FIND_SYSTEM_REC', 1013: 'ER_CANT_GET_STAT',
    1014: 'ER_CANT_GET_WD', 1016: 'ER_CANT_OPEN_FILE', 1017: 'ER_FILE_NOT_FOUND', 1018: 'ER_CANT_READ_DIR',
    1019: 'ER_CANT_SET_WD', 1023: 'ER_ERROR_ON_CLOSE', 1024: 'ER_ERROR_ON_READ', 1025: 'ER_ERROR_ON_RENAME',
    1026: 'ER_ERROR_ON_WRITE', 1030: 'ER_GET_ERRNO', 1033: 'ER_NOT_FORM_FILE', 1034: 'ER_NOT_KEYFILE',
    1035: 'ER_OLD_KEYFILE', 1039: 'ER_UNEXPECTED_EOF',
    1127: 'ER_CANT_FIND_DL_ENTRY', 1194: 'ER_CRASHED_ON_USAGE', 1195: 'ER_CRASHED_ON_REPAIR', 1259: 'ER_ZLIB_Z_DATA_ERROR',
    1296: 'ER_GET_ERRMSG', 1429: 'ER_CONNECT_TO_FOREIGN_DATA_SOURCE', 1712: 'ER_INDEX_CORRUPT',
    1812: 'ER_TABLESPACE_MISSING', 1814: 'ER_TABLESPACE_DISCARDED', 1815: 'ER_INTERNAL_ERROR', 1877: 'ER_TABLE_CORRUPT',
    1932: 'ER_NO_SUCH_TABLE_IN_ENGINE', 3182: 'ER_MASTER_KEY_ROTATION_SE_UNAVAILABLE', 3185: 'ER_CANNOT_FIND_KEY_IN_KEYRING',
    3510: 'ER_TABLESPACE_MISSING_WITH_NAME', 1: 'EE_CANTCREATEFILE', 2: 'EE_READ', 3: 'EE_WRITE', 4: 'EE_BADCLOSE',
    6: 'EE_DELETE', 7: 'EE_LINK', 9: 'EE_EOFERR', 11: 'EE_CANTUNLOCK', 12: 'EE_DIR', 13: 'EE_STAT', 14: 'EE_CANT_CHSIZE',
    15: 'EE_CANT_OPEN_STREAM', 27: 'EE_SYNC', 29: 'EE_FILENOTFOUND', 33: 'EE_CANT_SEEK',
  },
  uncommitted: {
    1180: 'ER_ERROR_DURING_COMMIT', 1181: 'ER_ERROR_DURING_ROLLBACK', 1196: 'ER_WARNING_NOT_COMPLETE_ROLLBACK',
    1401: 'ER_XAER_RMERR', 1598: 'ER_BINLOG_LOGGING_IMPOSSIBLE', 4173: 'ER_DATA_WAS_COMMITED_UNDER_ROLLBACK',
  },
  constraint: {
    1022: 'ER_DUP_KEY', 1048: 'ER_BAD_NULL_ERROR', 1062: 'ER_DUP_ENTRY', 1169: 'ER_DUP_UNIQUE', 1216: 'ER_NO_REFERENCED_ROW',
    1217: 'ER_ROW_IS_REFERENCED', 1451: 'ER_ROW_IS_REFERENCED_2', 1452: 'ER_NO_REFERENCED_ROW_2',
    1557: 'ER_FOREIGN_DUPLICATE_KEY', 1586: 'ER_DUP_ENTRY_WITH_KEY_NAME', 1761: 'ER_FOREIGN_DUPLICATE_KEY_WITH_CHILD_INFO',
    1762: 'ER_FOREIGN_DUPLICATE_KEY_WITHOUT_CHILD_INFO', 1859: 'ER_DUP_UNKNOWN_IN_INDEX', 3819: 'ER_CHECK_CONSTRAINT_VIOLATED',
    4025: 'ER_CONSTRAINT_FAILED',
  },
};

/** Numbers from here on are each server's own, and grow; the older ones are all known. */
export const MYSQL_NEWER = 1900;

/**
 * For numbers that a newer server may have and the table has not. Only those whose SQL state says
 * enough: 23000, say, stands for wrong statements as well.
 */
export const MYSQL_STATES: Readonly<Record<string, ErrorKind>> = {
  '08S01': 'gone',
  '25006': 'read_only',
  '28000': 'refused',
  '40001': 'conflict',
  '70100': 'interrupted',
  HY001: 'exhausted',
};

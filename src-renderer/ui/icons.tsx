import {
  ArrowDown,
  ArrowUp,
  Check,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  ChevronsLeft,
  CircleDashed,
  CircleMinus,
  CircleX,
  Clock,
  Columns2,
  Container,
  Copy,
  Download,
  Ellipsis,
  Eye,
  File,
  FolderTree,
  Flag,
  Folder,
  Funnel,
  GitBranch,
  GitPullRequestArrow,
  Globe,
  History,
  Info,
  List,
  ListFilter,
  Lock,
  Minus,
  MessageSquare,
  Paperclip,
  PanelLeft,
  PanelRight,
  Pause,
  Pencil,
  Play,
  Plus,
  RotateCcw,
  Rows2,
  Search,
  Settings,
  Ship,
  Shuffle,
  Square,
  SquareKanban,
  SquareTerminal,
  Tag,
  Trash2,
  TriangleAlert,
  Undo2,
  WrapText,
  X,
  type LucideIcon,
} from 'lucide-react';
import type { ReactElement } from 'react';

/** A line icon in the current colour. It stands beside a word, or its control has a name, so that readers do not hear it. */
const icon = (Shape: LucideIcon) => {
  const Icon = ({ size = 14 }: { readonly size?: number }): ReactElement => <Shape size={size} strokeWidth={1.75} aria-hidden="true" />;
  Icon.displayName = Shape.displayName ?? 'Icon';
  return Icon;
};

export const LockIcon = icon(Lock);
export const FunnelIcon = icon(Funnel);
export const GlobeIcon = icon(Globe);
export const PlusIcon = icon(Plus);
export const MinusIcon = icon(Minus);
export const CloseIcon = icon(X);
export const CheckIcon = icon(Check);
export const CrossIcon = icon(CircleX);
export const CircleIcon = icon(CircleDashed);
export const DashIcon = icon(CircleMinus);
export const ClockIcon = icon(Clock);
export const PlayIcon = icon(Play);
export const StopIcon = icon(Square);
export const EyeIcon = icon(Eye);
export const WarningIcon = icon(TriangleAlert);
export const PauseIcon = icon(Pause);
export const FolderIcon = icon(Folder);
export const BranchIcon = icon(GitBranch);
export const BackIcon = icon(ChevronLeft);
export const DownIcon = icon(Download);
export const EngineIcon = icon(Container);
export const TrashIcon = icon(Trash2);
export const BoardIcon = icon(SquareKanban);
export const ReviewIcon = icon(GitPullRequestArrow);
export const FleetIcon = icon(Ship);
export const HistoryIcon = icon(History);
export const SettingsIcon = icon(Settings);
export const SearchIcon = icon(Search);
export const ChevronDownIcon = icon(ChevronDown);
export const ChevronRightIcon = icon(ChevronRight);
export const MoreIcon = icon(Ellipsis);
export const CommentIcon = icon(MessageSquare);
export const FileIcon = icon(File);
export const CopyIcon = icon(Copy);
export const TerminalIcon = icon(SquareTerminal);
export const WrapIcon = icon(WrapText);
export const OverlapIcon = icon(Shuffle);
export const UndoIcon = icon(Undo2);
export const FilterIcon = icon(ListFilter);
export const UpIcon = icon(ArrowUp);
export const DownArrowIcon = icon(ArrowDown);
export const PaperclipIcon = icon(Paperclip);
export const RetryIcon = icon(RotateCcw);
export const FlagIcon = icon(Flag);
export const InfoIcon = icon(Info);
export const SplitIcon = icon(Columns2);
export const InlineIcon = icon(Rows2);
export const PencilIcon = icon(Pencil);
export const PanelLeftIcon = icon(PanelLeft);
export const PanelRightIcon = icon(PanelRight);
export const TreeIcon = icon(FolderTree);
export const ListIcon = icon(List);
export const CollapseIcon = icon(ChevronsLeft);
export const LabelIcon = icon(Tag);

import { Body, Controller, Inject, Param } from '@nestjs/common';
import {
  type Account,
  type AccountLink,
  type AccountRole,
  ChangeRole,
  Id,
  InviteAccount,
} from '@sidemark/core/contract';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { AccountsService } from './accounts.service.ts';

@Controller()
export class AccountsController {
  constructor(@Inject(AccountsService) private readonly accounts: AccountsService) {}

  @ApiRoute('listAccounts')
  list(): Promise<Account[]> {
    return this.accounts.list();
  }

  @ApiRoute('inviteAccount')
  invite(@Body(new ZodPipe(InviteAccount)) body: InviteAccount): Promise<AccountLink> {
    return this.accounts.invite(body);
  }

  @ApiRoute('resetAccount')
  reset(@Param('id', new ZodPipe(Id)) id: string): Promise<AccountLink> {
    return this.accounts.reset(id);
  }

  @ApiRoute('changeAccountRole')
  setRole(
    @Param('id', new ZodPipe(Id)) id: string,
    @Body(new ZodPipe(ChangeRole)) { role }: { role: AccountRole },
  ): Promise<Account> {
    return this.accounts.setRole(id, role);
  }

  @ApiRoute('disableAccount')
  disable(@Param('id', new ZodPipe(Id)) id: string): Promise<Account> {
    return this.accounts.disable(id);
  }

  @ApiRoute('enableAccount')
  enable(@Param('id', new ZodPipe(Id)) id: string): Promise<Account> {
    return this.accounts.enable(id);
  }
}

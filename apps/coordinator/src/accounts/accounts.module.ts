import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { AccountsController } from './accounts.controller.ts';
import { AccountsService } from './accounts.service.ts';
import { PasswordCheckService } from './password-check.service.ts';
import { Passwords } from './passwords.ts';
import { SessionController } from './session.controller.ts';
import { SignInService } from './sign-in.service.ts';

@Module({
  imports: [AuditModule, AuthModule],
  controllers: [SessionController, AccountsController],
  providers: [AccountsService, SignInService, PasswordCheckService, Passwords],
})
export class AccountsModule {}
